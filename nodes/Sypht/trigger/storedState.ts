import { jsonParse } from 'n8n-workflow';
import { isObject } from '../http/isObject';
import {
	PROBLEM_KINDS,
	type Attempts,
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
export interface StoredState {
	version: 2;
	queue: string;
	startedAt?: number;
	listedAt?: number;
	emissions: number;
	problems: Problems;
	documents: Record<string, string>;
}

/** What version 0.1 stored. A failed document's id ends with `!`. */
interface StoredState1 {
	queue: string;
	emitted: string[];
	/** Its last emission, whose execution may not have been stored. */
	latest: string[];
	skipped?: string[];
	unwanted?: string[];
	unseen?: string[];
}

const SEPARATOR = ' ';
const FAILED_SUFFIX = '!';

export function toStored({ documents, ...state }: TriggerState): StoredState {
	const keys = new Map<DocumentRecord, string>();
	const groups = new Map<string, string[]>();
	for (const [fileId, record] of documents) {
		const key = keys.get(record) ?? JSON.stringify(sortKeys(record));
		keys.set(record, key);
		const group = groups.get(key);
		if (group) group.push(fileId);
		else groups.set(key, [fileId]);
	}
	const entries = [...groups].map(([key, fileIds]) => [key, fileIds.join(SEPARATOR)]);
	return { version: 2, ...state, documents: Object.fromEntries(entries) as Record<string, string> };
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
	if (isVersion1(stored)) return migrate(stored, now, isCommitted);
	if (stored.version !== 2) return undefined;

	const documents = new Map<string, DocumentRecord>();
	for (const [key, fileIds] of Object.entries(isObject(stored.documents) ? stored.documents : {})) {
		const record = readRecord(key);
		if (!record || typeof fileIds !== 'string') continue;
		for (const fileId of fileIds.split(SEPARATOR)) if (fileId !== '') documents.set(fileId, record);
	}
	return {
		queue: stored.queue,
		// Without it every document would count as old (Only New), and never be emitted.
		startedAt: readTime(stored.startedAt) ?? now,
		listedAt: readTime(stored.listedAt),
		emissions: readTime(stored.emissions) ?? 0,
		problems: readProblems(stored.problems),
		documents,
	};
}

function readRecord(key: string): DocumentRecord | undefined {
	const value = jsonParse<unknown>(key, { fallbackValue: null });
	if (!isObject(value)) return undefined;
	return {
		documentCompleted: readOutcome(value.documentCompleted),
		documentFailed: readOutcome(value.documentFailed),
		checks: readAttempts(value.checks),
		failing: readFailing(value.failing),
		isOld: value.isOld === true || undefined,
		missingSince: readTime(value.missingSince),
		removals: readAttempts(value.removals),
		lostSince: readTime(value.lostSince),
	};
}

function readOutcome(value: unknown): Outcome | undefined {
	if (value === 'skipped' || value === 'unwanted') return value;
	if (!isObject(value)) return undefined;
	const { unconfirmed } = value;
	const at = readTime(value.at);
	return at === undefined
		? undefined
		: { at, unconfirmed: typeof unconfirmed === 'string' ? unconfirmed : undefined };
}

function readAttempts(value: unknown): Attempts | undefined {
	if (!isObject(value)) return undefined;
	const [since, next] = [readTime(value.since), readTime(value.next)];
	return since === undefined || next === undefined ? undefined : { since, next };
}

function readFailing(value: unknown): DocumentRecord['failing'] {
	if (!isObject(value)) return undefined;
	const since = readTime(value.since);
	return since === undefined
		? undefined
		: { since, isReported: value.isReported === true || undefined };
}

function readProblems(value: unknown): Problems {
	const problems = isObject(value) ? value : {};
	const entries = PROBLEM_KINDS.map((kind) => [kind, readProblem(problems[kind])] as const);
	return Object.fromEntries(entries.filter(([, problem]) => problem !== undefined));
}

function readProblem(value: unknown): Problem | undefined {
	if (!isObject(value)) return undefined;
	const since = readTime(value.since);
	return since === undefined ? undefined : { since, reportedAt: readTime(value.reportedAt) };
}

function migrate(stored: StoredState1, now: number, isCommitted: boolean): TriggerState {
	const documents = new Map<string, DocumentRecord>();
	const add = (ids: string[], outcome: Outcome) => {
		for (const id of ids) {
			const isFailed = id.endsWith(FAILED_SUFFIX);
			const fileId = isFailed ? id.slice(0, -FAILED_SUFFIX.length) : id;
			const event = isFailed ? 'documentFailed' : 'documentCompleted';
			documents.set(fileId, { ...documents.get(fileId), [event]: outcome });
		}
	};
	add(stored.unwanted ?? [], 'unwanted');
	add([...stored.emitted, ...(isCommitted ? stored.latest : [])], { at: now });
	add(stored.skipped ?? [], 'skipped');
	for (const fileId of stored.unseen ?? []) documents.set(fileId, { isOld: true });
	return { queue: stored.queue, startedAt: now, documents, problems: {}, emissions: 0 };
}

function isVersion1(
	stored: Record<string, unknown>,
): stored is Record<string, unknown> & StoredState1 {
	const { emitted, latest, skipped = [], unwanted = [], unseen = [] } = stored;
	return [emitted, latest, skipped, unwanted, unseen].every(isTextList);
}

function sortKeys(record: DocumentRecord): DocumentRecord {
	return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function readTime(value: unknown): number | undefined {
	return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
}

function isTextList(value: unknown): value is string[] {
	return Array.isArray(value) && value.every((entry) => typeof entry === 'string');
}
