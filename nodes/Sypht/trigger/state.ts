import {
	HOUR,
	type CheckedDocument,
	type DocumentRecord,
	type EmissionStatus,
	type FinishedDocument,
	type PollRules,
	type Seconds,
	type TriggerEvent,
	type TriggerState,
} from './model';
import { isOpen, isRepeatDue, nextAttempt } from './schedule';

/** How long a document is remembered after it is no longer listed. */
const FORGET_AFTER = 24 * HOUR;
/** A poll counts as an hour of missing at most: n8n may have been off since the one before. */
const MAX_MISSING_PER_POLL = HOUR;
const MAX_MISSING = 100_000;
const LISTED_AT_STEP = HOUR / 4;
/** If n8n reports nothing, an execution counts as stored after the longest likely outage. */
const SETTLE_AFTER = HOUR;

const OLD: DocumentRecord = { isOld: true };

export function newState(queue: string): TriggerState {
	return { queue, documents: new Map(), problems: {}, emissions: 0 };
}

/**
 * Applies what n8n did with the unconfirmed emissions. What is not stored is forgotten: better twice
 * than never.
 */
export function settleEmissions(
	state: TriggerState,
	{ now, statusOf }: { now: Seconds; statusOf: (emission: string) => EmissionStatus },
): TriggerState {
	const settle = (record: DocumentRecord, event: TriggerEvent): DocumentRecord => {
		const outcome = record[event];
		if (typeof outcome !== 'object' || outcome.unconfirmed === undefined) return record;
		const status = statusOf(outcome.unconfirmed);
		if (status === 'stored' || (status === 'pending' && now - outcome.at >= SETTLE_AFTER)) {
			return { ...record, [event]: { at: outcome.at }, lostSince: undefined };
		}
		if (status === 'pending') return record;
		if (status === 'unknown') return { ...record, [event]: undefined, checks: undefined };
		const lostSince = record.lostSince ?? outcome.at;
		const checks = nextAttempt({ since: lostSince, next: 0 }, now, 'soon');
		return { ...record, [event]: undefined, lostSince, checks };
	};
	return changeRecords(state, state.documents.keys(), (record) =>
		settle(settle(record, 'documentCompleted'), 'documentFailed'),
	);
}

/**
 * Applies a listing of the tag.
 *
 * @param isWhole whether it claims to be whole; a document that is not in it is missing only then
 */
export function applyListing(
	state: TriggerState,
	listing: { listed: string[]; isWhole: boolean; now: Seconds; onlyNew: boolean },
): TriggerState {
	const { listed, isWhole, now, onlyNew } = listing;
	const isListed = new Set(listed);
	const idle = Math.max(0, now - (state.listedAt ?? now) - MAX_MISSING_PER_POLL);
	const documents = new Map<string, DocumentRecord>();

	const missing: Array<[string, DocumentRecord & { missingSince: Seconds }]> = [];
	for (const [fileId, record] of state.documents) {
		if (isListed.has(fileId)) {
			const isBack = record.missingSince !== undefined;
			documents.set(fileId, isBack ? { ...record, missingSince: undefined } : record);
		} else if (!isWhole) {
			documents.set(fileId, record);
		} else {
			const missingSince = record.missingSince === undefined ? now : record.missingSince + idle;
			if (now - missingSince < FORGET_AFTER) missing.push([fileId, { ...record, missingSince }]);
		}
	}
	if (missing.length > MAX_MISSING) missing.sort(([, a], [, b]) => b.missingSince - a.missingSince);
	for (const [fileId, record] of missing.slice(0, MAX_MISSING)) documents.set(fileId, record);
	if (state.startedAt === undefined && onlyNew) {
		for (const fileId of isListed) documents.set(fileId, OLD);
	}
	const { startedAt = now, listedAt = 0 } = state;
	const isStepOver = now - listedAt >= LISTED_AT_STEP;
	return { ...state, startedAt, listedAt: isStepOver ? now : listedAt, documents };
}

/**
 * Applies what the checks of a poll found, and decides what to emit: oldest first, documents without
 * a time last.
 *
 * @param emission the id of the emission, where n8n may fail to store its execution
 */
export function advance(
	state: TriggerState,
	poll: PollRules & { checked: CheckedDocument[]; maxDocuments: number; emission?: string },
): { state: TriggerState; emit: FinishedDocument[] } {
	const { now, wanted, emission } = poll;
	const documents = new Map(state.documents);
	const due: Array<{ document: FinishedDocument; record: DocumentRecord }> = [];

	for (const document of poll.checked) {
		const record = applyCheck(state, document, now);
		if (!isFinished(document)) {
			documents.set(document.fileId, record);
			continue;
		}
		const outcome = record[document.is];
		const isDue = isOpen(outcome) || isRepeatDue(outcome, poll);
		if (isDue && wanted.includes(document.is)) {
			due.push({ document, record });
		} else {
			documents.set(document.fileId, { ...record, [document.is]: outcome ?? 'unwanted' });
		}
	}

	// The record of a document over the maximum stays as it was, so that it is checked again.
	const emitted = due
		.sort((a, b) => compareCompletion(a.document, b.document))
		.slice(0, poll.maxDocuments);
	const outcome = { at: now, unconfirmed: emission };
	for (const { document, record } of emitted) {
		documents.set(document.fileId, { ...record, [document.is]: outcome, removals: undefined });
	}
	const emissions = state.emissions + (emitted.length > 0 ? 1 : 0);
	return {
		state: { ...state, documents, emissions },
		emit: emitted.map(({ document }) => document),
	};
}

/** What a check says about a document, apart from emitting it. */
function applyCheck(state: TriggerState, document: CheckedDocument, now: Seconds): DocumentRecord {
	const record = state.documents.get(document.fileId) ?? {};
	if (document.is === 'failing') {
		const checks = nextAttempt(record.checks, now, 'later');
		return { ...record, checks, failing: record.failing ?? { since: now } };
	}
	const checked = { ...record, failing: undefined, isOld: undefined };
	if (document.is === 'pending') {
		return { ...checked, checks: nextAttempt(record.checks, now, 'soon') };
	}
	const { startedAt = 0 } = state;
	const isFirstPoll = now === startedAt;
	const isFromBefore = !(Date.parse(document.finalisedAt ?? '') / 1000 >= startedAt);
	const isSkipped = record.isOld && (isFirstPoll || isFromBefore);
	// A failed document may yet be completed, while a completed one does not change.
	const mayChange = document.is === 'documentFailed';
	return {
		...checked,
		[document.is]: isSkipped ? 'skipped' : record[document.is],
		checks: mayChange ? nextAttempt(record.checks, now, 'later') : undefined,
	};
}

export function applyRemovals(
	state: TriggerState,
	{ fileIds, now }: { fileIds: string[]; now: Seconds },
): TriggerState {
	return changeRecords(state, fileIds, (record) => ({
		...record,
		removals: nextAttempt(record.removals, now, 'soon'),
	}));
}

export function markReported(state: TriggerState, fileIds: string[]): TriggerState {
	return changeRecords(state, fileIds, (record) =>
		record.failing ? { ...record, failing: { ...record.failing, isReported: true } } : record,
	);
}

/** Documents that could not be checked for an hour, which has not been reported yet. */
export function listUnreported(state: TriggerState, now: Seconds): string[] {
	return [...state.documents]
		.filter(([, { failing }]) => failing && !failing.isReported && now - failing.since >= HOUR)
		.map(([fileId]) => fileId);
}

/** Whether documents are known that should have the tag. */
export function expectsDocuments(state: TriggerState): boolean {
	return [...state.documents.values()].some(
		({ missingSince, removals }) => missingSince === undefined && !removals,
	);
}

export function isFinished(document: CheckedDocument): document is FinishedDocument {
	return document.is === 'documentCompleted' || document.is === 'documentFailed';
}

function changeRecords(
	state: TriggerState,
	fileIds: Iterable<string>,
	change: (record: DocumentRecord) => DocumentRecord,
): TriggerState {
	const documents = new Map(state.documents);
	for (const fileId of fileIds) {
		const record = documents.get(fileId);
		if (record) documents.set(fileId, change(record));
	}
	return { ...state, documents };
}

/** Documents without a time come last, in the order in which they are listed. */
function compareCompletion(a: FinishedDocument, b: FinishedDocument): number {
	const [timeA, timeB] = [a, b].map(({ finalisedAt }) => Date.parse(finalisedAt ?? ''));
	return (timeA || Number.MAX_SAFE_INTEGER) - (timeB || Number.MAX_SAFE_INTEGER);
}
