import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { toAnswerError } from '../../transport/errors';

export const ANNOTATIONS_TASK = 'give the annotations';

/**
 * Reads the annotations in an answer. What is in one, no source documents.
 *
 * @throws NodeApiError when there is no list of them
 */
export async function readAnnotations(
	context: IExecuteFunctions,
	body: unknown,
): Promise<IDataObject[]> {
	const { annotations } = (body ?? {}) as { annotations?: unknown };
	if (Array.isArray(annotations)) return annotations as IDataObject[];
	const advice = 'There is no list of annotations in it.';
	throw await toAnswerError(context, { task: ANNOTATIONS_TASK }, body, advice);
}
