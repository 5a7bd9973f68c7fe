import { NodeOperationError, type IPollFunctions } from 'n8n-workflow';
import { keepOwnMessage } from '../transport/errors';
import { needsPerson, report, warn } from './faults';
import { HOUR, type ProblemKind, type Problems, type Seconds, type TriggerState } from './model';
import { listUnreported, markReported } from './state';

const REPORT_AGAIN_AFTER = 24 * HOUR;
const MAX_NAMED = 5;

/** Collects what goes wrong in one poll, until it is decided how to report it. */
export class PollProblems {
	/** Undefined for what is in order. */
	private readonly found = new Map<ProblemKind, { error: Error; needsPerson: boolean } | undefined>(
		[['poll', undefined]],
	);

	note(kind: ProblemKind, error: Error, options = { needsPerson: needsPerson(error) }): void {
		this.found.set(kind, { error, ...options });
	}

	clear(kind: ProblemKind): void {
		this.found.set(kind, undefined);
	}

	/** Warns or reports, and returns the state that remembers it. */
	settle(context: IPollFunctions, now: Seconds, state: TriggerState): TriggerState {
		let { problems } = state;
		for (const [kind, problem] of this.found) {
			if (!problem) {
				problems = { ...problems, [kind]: undefined };
				continue;
			}
			const noted = noteProblem(problems, { kind, now, needsPerson: problem.needsPerson });
			({ problems } = noted);
			if (noted.isReportDue) report(context, problem.error);
			else warn(context, problem.error.message);
		}
		return reportDocuments(context, now, { ...state, problems });
	}
}

/**
 * Notes that a problem is there, and decides whether to report it: one that needs a person at once,
 * one that may pass after an hour, and either again after a day.
 */
export function noteProblem(
	problems: Problems,
	problem: { kind: ProblemKind; needsPerson: boolean; now: Seconds },
): { problems: Problems; isReportDue: boolean } {
	const { kind, needsPerson, now } = problem;
	const { since, reportedAt } = problems[kind] ?? { since: now };
	const isReportDue =
		reportedAt === undefined
			? needsPerson || now - since >= HOUR
			: now - reportedAt >= REPORT_AGAIN_AFTER;
	const noted = { since, reportedAt: isReportDue ? now : reportedAt };
	return { problems: { ...problems, [kind]: noted }, isReportDue };
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
