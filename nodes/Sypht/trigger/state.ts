/** Something that happened to a document. */
export type TriggerEvent = 'documentCompleted' | 'documentFailed';

/** A document that an event happened to, as a poll saw it. */
export interface SeenDocument {
	fileId: string;
	event: TriggerEvent;
	/** When the results were finalised, as Sypht wrote it; a failed document has no such time. */
	finalisedAt?: string;
}

/** What is kept from poll to poll. It never holds more than what the tag lists. */
export interface TriggerState {
	/** Events that were given out, and whose executions are stored for sure. */
	emitted: string[];
	/**
	 * Events that the newest poll with any gave out. n8n saves this state and the execution one after
	 * the other, so after a crash in between these may have no execution.
	 */
	latest: string[];
	/** Events that are not to be given out at all (Only New). */
	skipped?: string[];
	/** Events that were not waited for. A completed document among them is not looked at again. */
	unwanted?: string[];
	/** Documents that were there when the trigger began and were not looked at yet (Only New). */
	unseen?: string[];
	/** The process that gave out `latest`. */
	processId: string;
	/** The tag, and the company that it belongs to: for another one all of this says nothing. */
	queue?: string;
	/** Where the next poll goes on, when the last one had no time to look at all documents. */
	resumeAt?: string;
}

/**
 * The events that need not be given out again. After a restart the latest ones are not among them:
 * rather twice than never.
 */
function listKnown(state: TriggerState | undefined, processId: string): Set<string> {
	if (!state) return new Set();
	const { emitted, latest, skipped = [] } = state;
	const isSameProcess = state.processId === processId;
	return new Set([...emitted, ...skipped, ...(isSameProcess ? latest : [])]);
}

/** What is kept of a queue; undefined when the trigger was for another one. */
export function stateOf(state: TriggerState | undefined, queue: string): TriggerState | undefined {
	return state?.queue === queue ? state : undefined;
}

/** The documents of before the trigger began of which it is not known yet whether they were finished. */
export function listUnseen(state: TriggerState | undefined, listed: string[]): string[] {
	return state ? (state.unseen ?? []) : listed;
}

/**
 * The documents that a poll is to look at, those that the last one did not get to first. One that is
 * completed stays so, while one that failed may yet be.
 */
export function listCandidates(
	state: TriggerState | undefined,
	processId: string,
	listed: string[],
	wanted: TriggerEvent[],
): string[] {
	const known = listKnown(state, processId);
	const completed = new Set(wanted.includes('documentCompleted') ? known : state?.unwanted);
	const candidates = listed.filter(
		(fileId) =>
			!completed.has(toKey({ fileId, event: 'documentCompleted' })) &&
			wanted.some((event) => !known.has(toKey({ fileId, event }))),
	);
	const start = state?.resumeAt === undefined ? -1 : candidates.indexOf(state.resumeAt);
	return start < 0 ? candidates : [...candidates.slice(start), ...candidates.slice(0, start)];
}

/** What a poll saw beside the documents to be given out. */
interface PollOutcome {
	queue?: string;
	maxDocuments?: number;
	resumeAt?: string;
	/** Finished documents that are not to be given out. */
	skipped?: SeenDocument[];
	/** Finished documents that are not waited for. */
	unwanted?: SeenDocument[];
	unseen?: string[];
}

/**
 * Takes in what a poll saw.
 *
 * @param state as it is now, not as it was when the poll began: another poll may have ended since
 * @param listed what the tag lists; all else is forgotten
 * @param seen in any order; of them those are given out that were not before, oldest first
 */
export function advance<T extends SeenDocument>(
	state: TriggerState | undefined,
	processId: string,
	listed: string[],
	seen: T[],
	outcome: PollOutcome = {},
): { state: TriggerState; emit: T[] } {
	const { queue, maxDocuments = Infinity, resumeAt } = outcome;
	const { skipped = [], unwanted = [], unseen = [] } = outcome;
	const known = listKnown(state, processId);
	const emit = seen
		.filter((document) => !known.has(toKey(document)))
		.sort(compareCompletion)
		.slice(0, maxDocuments);
	const isListed = new Set(listed);
	const allSkipped = new Set([...(state?.skipped ?? []), ...skipped.map(toKey)]);
	const allUnwanted = new Set([...(state?.unwanted ?? []), ...unwanted.map(toKey)]);
	const keep = (keys: Iterable<string>) => [...keys].filter((key) => isListed.has(toFileId(key)));
	return {
		state: {
			emitted: keep(known).filter((key) => !allSkipped.has(key)),
			latest: emit.map(toKey),
			...orNothing({
				skipped: keep(allSkipped),
				unwanted: keep(allUnwanted),
				unseen: keep(unseen),
			}),
			processId,
			queue,
			resumeAt,
		},
		emit,
	};
}

/** Leaves out empty lists. */
function orNothing<T extends Record<string, unknown[]>>(lists: T): Partial<T> {
	const filled = Object.entries(lists).filter(([, entries]) => entries.length > 0);
	return Object.fromEntries(filled) as Partial<T>;
}

/** The documents that were given out and may lose their tag: all of whose executions are stored. */
export function listSettled(state: TriggerState | undefined, listed: string[]): string[] {
	const settled = new Set(state?.emitted.map(toFileId));
	return listed.filter((fileId) => settled.has(fileId));
}

const FAILED_SUFFIX = '!';

/** Completed documents are most, so their key is the bare id. */
function toKey({ fileId, event }: Pick<SeenDocument, 'fileId' | 'event'>): string {
	return event === 'documentFailed' ? `${fileId}${FAILED_SUFFIX}` : fileId;
}

function toFileId(key: string): string {
	return key.endsWith(FAILED_SUFFIX) ? key.slice(0, -FAILED_SUFFIX.length) : key;
}

/** Documents without a time come last, in the order in which they are listed. */
function compareCompletion(a: SeenDocument, b: SeenDocument): number {
	const [timeA, timeB] = [a, b].map(({ finalisedAt }) => Date.parse(finalisedAt ?? ''));
	return (timeA || Number.MAX_SAFE_INTEGER) - (timeB || Number.MAX_SAFE_INTEGER);
}
