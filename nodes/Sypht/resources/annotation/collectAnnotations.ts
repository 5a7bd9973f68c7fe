import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { isObject } from '../../http/isObject';
import { toUnexpectedAnswerError } from '../../transport/errors';
import type { Page } from '../shared/collectPages';

export const ANNOTATIONS_TASK = 'get the annotations';

/**
 * Reads a page of annotations, whose content is undocumented. Pages are numbered from 0; the one after
 * the last is empty.
 *
 * @throws SyphtApiError when there is no list of them
 */
export async function readAnnotations(
	context: IExecuteFunctions,
	page: number,
	body: unknown,
): Promise<Page<IDataObject, number>> {
	const { annotations } = isObject(body) ? body : {};
	if (Array.isArray(annotations)) {
		return { entries: annotations, next: annotations.length > 0 ? page + 1 : undefined };
	}
	const advice = 'It has no list of annotations.';
	throw await toUnexpectedAnswerError(context, { task: ANNOTATIONS_TASK }, body, advice);
}
