import { NodeOperationError, type IPollFunctions } from 'n8n-workflow';
import { removeTag } from '../api/tags';
import { CancelledError } from '../transport/cancellation';
import { isNotFound, keepOwnMessage } from '../transport/errors';
import type { TriggerState } from './model';
import type { Poll } from './pollSession';
import { chooseRemovals } from './schedule';
import type { TriggerSettings } from './settings';
import { notePolling } from './sharedTags';
import { toTriggerKey } from './stateStore';
import { takeTurns } from './takeTurns';

const MAX_REMOVALS = 100;

/**
 * Removes the tag from documents whose executions are stored, until the deadline.
 *
 * @param state as it was before this poll: what it emits is not stored yet
 * @returns the documents for which it was attempted
 */
export async function removeTags(
	{ context, problems, now, deadline, limit }: Poll,
	{ companyId, tag, wanted, removesTag }: TriggerSettings,
	state: TriggerState,
	listed: string[],
): Promise<string[]> {
	const { isFirst, other } = notePolling(state.queue, {
		triggerKey: toTriggerKey(context),
		workflowName: context.getWorkflow().name ?? '',
		wanted,
		nowMs: Date.now(),
	});
	// Other triggers have a chance to poll before this one removes anything.
	if (!removesTag || isFirst) return [];
	if (other) {
		problems.note('sharedTag', toSharedTagError(context, tag, other.workflowName));
		return [];
	}
	problems.clear('sharedTag');

	const attempted: string[] = [];
	let firstError: Error | undefined;
	const fileIds = chooseRemovals(state, { listed, wanted, now, maxRemovals: MAX_REMOVALS });
	await takeTurns(fileIds, { limit, deadline }, async (fileId, turn) => {
		attempted.push(fileId);
		await removeTag(context, companyId, tag, fileId, {
			deadline,
			isOneAttempt: true,
			turn,
		}).catch((error) => {
			// A document that was deleted may still be listed for a while; a busy service is asked again later.
			if (!isNotFound(error) && !(error instanceof CancelledError)) firstError ??= error as Error;
		});
	});
	if (firstError) problems.note('removal', firstError);
	else if (attempted.length > 0) problems.clear('removal');
	return attempted;
}

function toSharedTagError(
	context: IPollFunctions,
	tag: string,
	workflowName: string,
): NodeOperationError {
	return keepOwnMessage(
		new NodeOperationError(
			context.getNode(),
			`The tag "${tag}" is not removed because the workflow "${workflowName}" waits for the same documents`,
			{
				description:
					'That workflow could miss documents. Give each workflow its own tag, or turn off Remove Tag here and remove the tag when both are done.',
			},
		),
	);
}
