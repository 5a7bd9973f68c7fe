import { jsonParse } from 'n8n-workflow';
import { isObject } from '../http/isObject';
import {
	PROBLEM_KINDS,
	type DocumentRecord,
	type Outcome,
	type Problem,
	type Problems,
	type TriggerState,
} from './model';

/**
 * The state as n8n stores it: JSON, and small. Documents with equal records share one entry, whose
 * key is the record and whose value is their ids, separated by blanks: n8n wraps every stored object,
 * so 100,000 of them would be slow.
 */
export interface StoredState extends Omit<TriggerState, 'documents'> {
	version: 2;
	documents: Record<string, string>;
}

const SEPARATOR = ' ';
/** At the id of a failed document in version 0.1. */
const FAILED_SUFFIX = '!';

export function toStored({ documents, ...state }: TriggerState): StoredState {
	const keys = new Map<DocumentRecord, string>();
	const groups: StoredState['documents'] = {};
	for (const [fileId, record] of documents) {
		const key = keys.get(record) ?? JSON.stringify(sortKeys(record));
		keys.set(record, key);
		groups[key] = key in groups ? `${groups[key]}${SEPARATOR}${fileId}` : fileId;
	}
	return { version: 2, ...state, documents: groups };
}

/**
 * Reads a stored state, which may be of an older version, damaged, or something else altogether.
 * What can't be read is left out; documents of it are then checked and emitted again.
 *
 * @param isCommitted whether the state was stored together with its last execution
 * @returns undefined when it is not a state at all
 */
export function fromStored(
	stored: unknown,
	{ now, isCommitted }: { now: number; isCommitted: boolean },
): TriggerState | undefined {
	if (!isObject(stored) || typeof stored.queue !== 'string') return undefined;
	const { version, queue, startedAt, listedAt, emissions } = stored;
	if (version === undefined) return readVersion1({ ...stored, queue }, now, isCommitted);
	if (version !== 2) return undefined;

	const documents = new Map<string, DocumentRecord>();
	for (const [key, fileIds] of Object.entries(isObject(stored.documents) ? stored.documents : {})) {
		const record = readRecord(key);
		if (!record || typeof fileIds !== 'string') continue;
		for (const fileId of fileIds.split(SEPARATOR)) if (fileId !== '') documents.set(fileId, record);
	}
	return {
		queue,
		// Without it every document would count as old (Only New), and never be emitted.
		startedAt: isTime(startedAt) ? startedAt : now,
		listedAt: isTime(listedAt) ? listedAt : undefined,
		emissions: isTime(emissions) ? emissions : 0,
		problems: readProblems(stored.problems),
		documents,
	};
}

/** Whether each part of a record can be read. */
const RECORD_CHECKS: Record<keyof DocumentRecord, (part: unknown) => boolean> = {
	documentCompleted: isOutcome,
	documentFailed: isOutcome,
	checks: isAttempts,
	failing: isFailing,
	isOld: (part) => part === true,
	missingSince: isTime,
	removals: isAttempts,
	lostSince: isTime,
};

function readRecord(key: string): DocumentRecord | undefined {
	const record = jsonParse<unknown>(key, { fallbackValue: null });
	if (!isObject(record)) return undefined;
	for (const [name, isReadable] of Object.entries(RECORD_CHECKS)) {
		if (!isReadable(record[name])) delete record[name];
	}
	return record;
}

function isOutcome(part: unknown): boolean {
	if (!isObject(part)) return part === 'skipped' || part === 'unwanted';
	return isTime(part.at) && ['string', 'undefined'].includes(typeof part.unconfirmed);
}

function isAttempts(part: unknown): boolean {
	return isObject(part) && isTime(part.since) && isTime(part.next);
}

function isFailing(part: unknown): boolean {
	return (
		isObject(part) && isTime(part.since) && [true, undefined].includes(part.isReported as true)
	);
}

/** Copies the problems: n8n watches what it has stored for changes. */
function readProblems(stored: unknown): Problems {
	const problems = isObject(stored) ? stored : {};
	const readable = PROBLEM_KINDS.filter((kind) => isProblem(problems[kind]));
	return Object.fromEntries(readable.map((kind) => [kind, { ...(problems[kind] as Problem) }]));
}

function isProblem(value: unknown): boolean {
	if (!isObject(value) || !isTime(value.since)) return false;
	return value.reportedAt === undefined || isTime(value.reportedAt);
}

/** Version 0.1 stored lists of ids. The execution of its last emission, `latest`, may not be stored. */
function readVersion1(
	stored: Record<string, unknown> & { queue: string },
	now: number,
	isCommitted: boolean,
): TriggerState | undefined {
	const { queue, emitted, latest, skipped = [], unwanted = [], unseen = [] } = stored;
	if (![emitted, latest, skipped, unwanted, unseen].every(isTextList)) return undefined;
	const documents = new Map<string, DocumentRecord>();
	const add = (ids: unknown, outcome: Outcome) => {
		for (const id of ids as string[]) {
			const isFailed = id.endsWith(FAILED_SUFFIX);
			const fileId = isFailed ? id.slice(0, -FAILED_SUFFIX.length) : id;
			const event = isFailed ? 'documentFailed' : 'documentCompleted';
			documents.set(fileId, { ...documents.get(fileId), [event]: outcome });
		}
	};
	add(unwanted, 'unwanted');
	add(emitted, { at: now });
	if (isCommitted) add(latest, { at: now });
	add(skipped, 'skipped');
	for (const fileId of unseen as string[]) documents.set(fileId, { isOld: true });
	return { queue, startedAt: now, documents, problems: {}, emissions: 0 };
}

function sortKeys(record: DocumentRecord): DocumentRecord {
	return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function isTime(value: unknown): value is number {
	return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function isTextList(value: unknown): value is string[] {
	return Array.isArray(value) && value.every((entry) => typeof entry === 'string');
}
