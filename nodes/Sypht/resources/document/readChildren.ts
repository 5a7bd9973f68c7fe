import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { isObject } from '../../http/isObject';
import { toUnexpectedAnswerError } from '../../transport/errors';

/** The field that lists the documents of a file that was split. */
const CHILDREN_FIELD = 'components.children';

/**
 * Reads the file IDs of the documents that a file was split into.
 *
 * @param result the body of `GET /result/final` of that file
 * @throws SyphtApiError when there are none
 */
export async function readChildren(
	context: IExecuteFunctions,
	result: IDataObject,
): Promise<string[]> {
	const { fields } = isObject(result.results) ? result.results : {};
	const entries: unknown[] = Array.isArray(fields) ? fields : [];
	const field = entries.filter(isObject).find(({ name }) => name === CHILDREN_FIELD);
	const children: unknown[] = Array.isArray(field?.value) ? field.value : [];
	const ids = children.map((child) => (isObject(child) ? child.file_id : undefined));
	if (ids.length > 0 && ids.every((id) => typeof id === 'string')) return ids;
	const advice = `It has no documents under ${CHILDREN_FIELD}.`;
	throw await toUnexpectedAnswerError(context, { task: 'split the document' }, result, advice);
}
