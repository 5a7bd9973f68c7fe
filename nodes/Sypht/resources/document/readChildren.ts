import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { toAnswerError } from '../../transport/errors';

/** Where the results of a file that was split list its documents. */
const CHILDREN_FIELD = 'components.children';

/**
 * Reads the file ids of the documents that a file was split into.
 *
 * @param result the body of `GET /result/final` of that file
 * @throws NodeApiError when there are none
 */
export async function readChildren(
	context: IExecuteFunctions,
	result: IDataObject,
): Promise<string[]> {
	const { fields } = (result.results ?? {}) as { fields?: unknown };
	const found = Array.isArray(fields)
		? (fields as IDataObject[]).find((field) => field?.name === CHILDREN_FIELD)
		: undefined;
	const children = found?.value;
	const ids = Array.isArray(children)
		? (children as IDataObject[]).map((child) => child?.file_id)
		: [undefined];
	if (ids.length > 0 && ids.every((id) => typeof id === 'string')) return ids;
	const advice = `There are no documents under ${CHILDREN_FIELD} in it.`;
	throw await toAnswerError(context, { task: 'split the document' }, result, advice);
}
