import type {
	Attempts,
	DocumentRecord,
	Emission,
	Outcome,
	Problem,
	ProblemKind,
	Problems,
	TriggerState,
} from './model';

/**
 * The state as n8n stores it: JSON, and small. Documents with equal records share one entry, whose
 * key is the record and whose value is their ids with a blank in between: n8n wraps every stored object, so
 * 100,000 of them would be slow.
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
		...optional('listedAt', readTime(stored.listedAt)),
		emissions: readTime(stored.emissions) ?? 0,
		problems: readProblems(stored.problems),
		documents,
	};
}

function readRecord(key: string): DocumentRecord | undefined {
	const value = parseJson(key);
	if (!isObject(value)) return undefined;
	const failing = isObject(value.failing) ? value.failing : {};
	const failingSince = readTime(failing.since);
	return {
		...optional('documentCompleted', readOutcome(value.documentCompleted)),
		...optional('documentFailed', readOutcome(value.documentFailed)),
		...optional('checks', readAttempts(value.checks)),
		...(failingSince !== undefined && {
			failing: { since: failingSince, ...(failing.isReported === true && { isReported: true }) },
		}),
		...(value.isOld === true && { isOld: true }),
		...optional('missingSince', readTime(value.missingSince)),
		...optional('removals', readAttempts(value.removals)),
		...optional('lostSince', readTime(value.lostSince)),
	};
}

function readOutcome(value: unknown): Outcome | undefined {
	if (value === 'skipped' || value === 'unwanted') return value;
	const at = isObject(value) ? readTime(value.at) : undefined;
	if (!isObject(value) || at === undefined) return undefined;
	const { unconfirmed } = value;
	return { at, ...(typeof unconfirmed === 'string' && { unconfirmed }) };
}

function readAttempts(value: unknown): Attempts | undefined {
	if (!isObject(value)) return undefined;
	const [since, next] = [readTime(value.since), readTime(value.next)];
	return since === undefined || next === undefined ? undefined : { since, next };
}

function readProblems(value: unknown): Problems {
	const problems: Partial<Record<ProblemKind, Problem>> = {};
	const kinds: ProblemKind[] = ['poll', 'tag', 'listing', 'results', 'removal', 'sharedTag'];
	for (const kind of isObject(value) ? kinds : []) {
		const problem = (value as Record<string, unknown>)[kind];
		const since = isObject(problem) ? readTime(problem.since) : undefined;
		if (!isObject(problem) || since === undefined) continue;
		problems[kind] = { since, ...optional('reportedAt', readTime(problem.reportedAt)) };
	}
	return problems;
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
	const emission: Emission = { at: now };
	add(stored.unwanted ?? [], 'unwanted');
	add([...stored.emitted, ...(isCommitted ? stored.latest : [])], emission);
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

function optional<Key extends string, Value>(
	key: Key,
	value: Value | undefined,
): { [K in Key]?: Value } {
	return value === undefined ? {} : ({ [key]: value } as { [K in Key]?: Value });
}

function readTime(value: unknown): number | undefined {
	return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

function isTextList(value: unknown): value is string[] {
	return Array.isArray(value) && value.every((entry) => typeof entry === 'string');
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
