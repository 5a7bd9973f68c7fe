import { NodeOperationError, type IPollFunctions } from 'n8n-workflow';
import { keepOwnMessage } from '../transport/errors';
import { needsPerson, report, warn } from './faults';
import type { ProblemKind, Seconds, TriggerState } from './model';
import { clearProblem, noteProblem } from './problems';
import { listUnreported, markReported } from './state';

const MAX_NAMED = 5;

/** Collects what goes wrong in one poll, until it is decided how to report it. */
export class PollProblems {
	private readonly noted = new Map<ProblemKind, { error: Error; needsPerson: boolean }>();

	private readonly cleared: ProblemKind[] = ['poll'];

	note(kind: ProblemKind, error: Error, options = { needsPerson: needsPerson(error) }): void {
		this.noted.set(kind, { error, ...options });
	}

	clear(kind: ProblemKind): void {
		this.cleared.push(kind);
	}

	/** Warns or reports, and returns the state that remembers it. */
	settle(context: IPollFunctions, now: Seconds, state: TriggerState): TriggerState {
		let { problems } = state;
		for (const kind of this.cleared) {
			if (!this.noted.has(kind)) problems = clearProblem(problems, kind);
		}
		for (const [kind, { error, ...rest }] of this.noted) {
			const noted = noteProblem(problems, { kind, now, ...rest });
			({ problems } = noted);
			if (noted.isReportDue) report(context, error);
			else warn(context, error.message);
		}
		return reportDocuments(context, now, { ...state, problems });
	}
}

function reportDocuments(context: IPollFunctions, now: Seconds, state: TriggerState): TriggerState {
	const fileIds = listUnreported(state, now);
	if (fileIds.length === 0) return state;
	const named = fileIds.slice(0, MAX_NAMED).join(', ');
	const rest = fileIds.length > MAX_NAMED ? ` and ${fileIds.length - MAX_NAMED} more` : '';
	const count = fileIds.length === 1 ? 'A document' : `${fileIds.length} documents`;
	const error = new NodeOperationError(
		context.getNode(),
		`${count} with the tag could not be checked for an hour`,
		{
			description: `${named}${rest}. The trigger checks again up to once an hour. Look for the documents in the Sypht app; if they no longer exist there, remove the tag from them.`,
		},
	);
	report(context, keepOwnMessage(error));
	return markReported(state, fileIds);
}
