import { NodeOperationError, type IDataObject } from 'n8n-workflow';
import { checkResult, toFailedError } from '../../api/results';
import type { Session } from '../shared/defineOperation';

/** Gets the results of a document. @throws NodeOperationError when it is not finished */
export async function getFinishedResult(
	{ context, signal, turn }: Session<undefined>,
	fileId: string,
): Promise<IDataObject> {
	const state = await checkResult(context, fileId, { signal, turn });
	if (state.kind === 'finished') return state.result;
	if (state.kind === 'failed') throw toFailedError(context, fileId, state.status);
	const message = `The document is not finished yet (status: ${state.status ?? 'none'})`;
	const description = 'Wait for its results first, with Extract Data or Get Results.';
	throw new NodeOperationError(context.getNode(), message, { description });
}
