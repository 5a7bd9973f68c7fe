import {
	HOUR,
	type Attempts,
	type DocumentRecord,
	type Outcome,
	type PollRules,
	type Seconds,
	type TriggerEvent,
	type TriggerState,
} from './model';

/** Less than the minute between two polls. */
const MIN_WAIT_LATER: Seconds = 30;
/** One in this many checks is for a document that was checked before. */
const RECHECK_EVERY = 5;

/**
 * When to try again: `soon`, after a quarter of the time that has passed since the first attempt,
 * or `later`, after as long again; in both cases at least once an hour.
 */
export function nextAttempt(
	attempts: Attempts | undefined,
	now: Seconds,
	pace: 'soon' | 'later',
): Attempts {
	const since = attempts?.since ?? now;
	const age = now - since;
	const wait = pace === 'soon' ? age / 4 : Math.max(age, MIN_WAIT_LATER);
	return { since, next: now + Math.min(HOUR, Math.floor(wait)) };
}

/**
 * Chooses the documents that a poll checks: new ones first, but always some of those that are due
 * for another check, so that neither have to wait for the other.
 */
export function chooseChecks(
	state: TriggerState,
	poll: PollRules & { listed: string[]; maxChecks: number },
): string[] {
	const { now, wanted } = poll;
	const fresh: string[] = [];
	const due: Array<{ fileId: string; since: Seconds }> = [];

	for (const fileId of new Set([...poll.listed, ...listRemoved(state)])) {
		const record = state.documents.get(fileId) ?? {};
		const { checks } = record;
		if (checks && checks.next > now) continue;
		if (isUndecided(record, wanted)) {
			if (checks) due.push({ fileId, since: checks.next });
			else fresh.push(fileId);
		} else if (wanted.some((event) => isRepeatDue(record[event], poll))) {
			due.push({ fileId, since: now });
		}
	}
	const longestDue = due.sort((a, b) => a.since - b.since).map(({ fileId }) => fileId);
	return interleave(fresh, longestDue, poll.maxChecks);
}

/** Whether an event that is waited for may yet happen to a document, or has not been looked for. */
function isUndecided(record: DocumentRecord, wanted: TriggerEvent[]): boolean {
	// A completed document stays completed, while a failed one may yet be completed.
	const isCompleted = record.documentCompleted !== undefined;
	const possible = wanted.filter((event) => !isCompleted || event === 'documentCompleted');
	return possible.some((event) => isOpen(record[event]));
}

/** Whether an event was neither emitted nor skipped, so that a check can find it. */
export function isOpen(outcome: Outcome | undefined): boolean {
	return outcome === undefined || outcome === 'unwanted';
}

/** Failed documents whose tag the trigger removed; they may yet be completed. */
function listRemoved(state: TriggerState): string[] {
	const isRemoved = ({ missingSince, removals, documentFailed }: DocumentRecord) =>
		missingSince !== undefined && removals && documentFailed;
	return [...state.documents].flatMap(([fileId, record]) => (isRemoved(record) ? fileId : []));
}

function interleave(fresh: string[], due: string[], max: number): string[] {
	const chosen: string[] = [];
	let [f, d] = [0, 0];
	while (chosen.length < max && (f < fresh.length || d < due.length)) {
		const isTurnOfDue = f === fresh.length || chosen.length % RECHECK_EVERY === RECHECK_EVERY - 1;
		chosen.push(isTurnOfDue && d < due.length ? due[d++] : fresh[f++]);
	}
	return chosen;
}

/**
 * Chooses the documents to remove the tag from: those whose executions are all stored, longest
 * waiting first.
 */
export function chooseRemovals(
	state: TriggerState,
	poll: PollRules & { listed: string[]; maxRemovals: number },
): string[] {
	const nextOf = (fileId: string) => state.documents.get(fileId)?.removals?.next ?? 0;
	const isRemovable = (fileId: string) => {
		if (nextOf(fileId) > poll.now) return false;
		const outcomes = poll.wanted.map((event) => state.documents.get(fileId)?.[event]);
		const emissions = outcomes.filter((outcome) => typeof outcome === 'object');
		return emissions.length > 0 && emissions.every(({ unconfirmed }) => unconfirmed === undefined);
	};
	return poll.listed
		.filter(isRemovable)
		.sort((a, b) => nextOf(a) - nextOf(b))
		.slice(0, poll.maxRemovals);
}

/** Whether an event is to be emitted once more because the document still has the tag. */
export function isRepeatDue(
	outcome: Outcome | undefined,
	{ now, repeatAfter = Infinity }: PollRules,
): boolean {
	if (typeof outcome !== 'object' || outcome.unconfirmed !== undefined) return false;
	return now - outcome.at >= repeatAfter;
}
