import type { ProblemKind, Problems, Seconds } from './model';

const HOUR: Seconds = 60 * 60;
const REPORT_AGAIN_AFTER = 24 * HOUR;

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

export function clearProblem(problems: Problems, kind: ProblemKind): Problems {
	return Object.fromEntries(Object.entries(problems).filter(([other]) => other !== kind));
}
