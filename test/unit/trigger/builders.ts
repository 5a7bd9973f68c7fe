import type {
	CheckedDocument,
	DocumentRecord,
	EmissionStatus,
	FinishedDocument,
	TriggerEvent,
	TriggerState,
} from '../../../nodes/Sypht/trigger/model';
import { chooseChecks, chooseRemovals } from '../../../nodes/Sypht/trigger/schedule';
import {
	advance,
	applyListing,
	applyRemovals,
	newState,
	settleEmissions,
} from '../../../nodes/Sypht/trigger/state';
import { fromStored, toStored } from '../../../nodes/Sypht/trigger/storedState';

export const MINUTE = 60;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
/** A time at which a test begins. */
export const NOON = Date.parse('2026-01-01T12:00:00Z') / 1000;

export const BOTH: TriggerEvent[] = ['documentCompleted', 'documentFailed'];

/** @param minute when it was completed, counted from noon */
export function completed(fileId: string, minute?: number): FinishedDocument {
	const finalisedAt =
		minute === undefined ? undefined : new Date((NOON + minute * MINUTE) * 1000).toISOString();
	return {
		fileId,
		is: 'documentCompleted',
		...(finalisedAt !== undefined && { finalisedAt }),
		body: { fileId },
	};
}

export function failed(fileId: string): FinishedDocument {
	return { fileId, is: 'documentFailed', body: { fileId, status: 'FAILED' } };
}

export function pending(fileId: string): CheckedDocument {
	return { fileId, is: 'pending' };
}

export function failing(fileId: string, { isMissing = false } = {}): CheckedDocument {
	return { fileId, is: 'failing', error: new Error('no answer'), isMissing };
}

export function stateWith(
	documents: Record<string, DocumentRecord>,
	changes: Partial<TriggerState> = {},
): TriggerState {
	return {
		...newState('company/tag'),
		startedAt: NOON,
		listedAt: NOON,
		documents: new Map(Object.entries(documents)),
		...changes,
	};
}

export interface PollOptions {
	state?: TriggerState;
	/** What the tag lists; everything that is found out by default. */
	listed?: string[];
	/** Whether the listing is not known to be cut off. */
	isWhole?: boolean;
	/** What a check of each document finds out; one without an entry is pending. */
	found?: CheckedDocument[];
	/** Checks a document; by default looks for it in `found`. */
	check?: (fileId: string) => CheckedDocument;
	wanted?: TriggerEvent[];
	onlyNew?: boolean;
	maxDocuments?: number;
	maxChecks?: number;
	repeatAfter?: number;
	now?: number;
	/** What n8n did with the emissions that are unconfirmed. */
	status?: EmissionStatus;
	/** The same for each emission; by default `status`. */
	statusOf?: (emission: string) => EmissionStatus;
	/** The id of an emission that n8n may fail to store. */
	emission?: string;
	removesTag?: boolean;
}

export interface PollResult {
	state: TriggerState;
	checks: string[];
	emit: FinishedDocument[];
	/** What is in `emit`, as text. */
	emitted: string[];
	removed: string[];
}

/** A poll as `poll.ts` puts it together, without the requests. */
export function poll(options: PollOptions = {}): PollResult {
	const { found = [], wanted = BOTH, now = NOON, status = 'stored', repeatAfter } = options;
	const { statusOf = () => status } = options;
	const listed = options.listed ?? found.map(({ fileId }) => fileId);
	const before = settleEmissions(options.state ?? newState('company/tag'), {
		now,
		statusOf,
	});
	const onlyNew = options.onlyNew ?? false;
	const listedState = applyListing(before, {
		listed,
		isWhole: options.isWhole ?? true,
		now,
		onlyNew,
	});
	const { maxChecks = 500, maxDocuments = 100, emission } = options;
	const checks = chooseChecks(listedState, { listed, wanted, repeatAfter, now, maxChecks });
	const find = (fileId: string) =>
		found.find((document) => document.fileId === fileId) ?? pending(fileId);
	const { state, emit } = advance(listedState, {
		checked: checks.map(options.check ?? find),
		wanted,
		maxDocuments,
		repeatAfter,
		now,
		emission,
	});
	const removed = options.removesTag
		? chooseRemovals(listedState, { listed, wanted, now, maxRemovals: 100 })
		: [];
	return {
		state: applyRemovals(state, { fileIds: removed, now }),
		checks,
		emit,
		emitted: emit.map(({ fileId, is }) => (is === 'documentFailed' ? `${fileId} failed` : fileId)),
		removed,
	};
}

/** What a later process reads of a state. */
export function restore(
	state: TriggerState,
	{ now = NOON, isCommitted = false } = {},
): TriggerState {
	const stored = JSON.parse(JSON.stringify(toStored(state))) as unknown;
	const restored = fromStored(stored, { now, isCommitted });
	if (!restored) throw new Error('The state can not be read');
	return restored;
}
