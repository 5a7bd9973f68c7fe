import { isObject } from '../http/isObject';
import { asObject, omitUndefined } from './objects';

export interface SyphtField {
	/** Without the suffix of its version: `invoice.lineitems` for `invoice.lineitems:2`. */
	name: string;
	value: unknown;
	/** 0 to 1; no source promises that it is there. */
	confidence?: number;
	boundingBox?: unknown;
}

/** The results of a document, as far as they could be understood. */
export interface SyphtResult {
	fileId?: unknown;
	status?: unknown;
	finalisedAt?: unknown;
	pageCount?: number;
	fields: SyphtField[];
	/** Further properties of the answer and of its `results`, each with its key. */
	others: Array<[string, unknown]>;
	/** Entries that are not fields. */
	unrecognised: unknown[];
}

/**
 * Reads the body of `GET /result/final` (docs.sypht.com, "Results"): `fileId`, `status` and
 * `results` with `timestamp`, `numPages` and `fields`. Anything may be missing or of another type.
 */
export function readResult(body: unknown): SyphtResult {
	const { fileId, status, results, ...otherKeys } = asObject(body);
	const { timestamp, fields, numPages, ...otherResults } = asObject(results);
	// In real answers it is a text, "1".
	const pages = readNumber(numPages) ?? -1;
	const pageCount = Number.isInteger(pages) && pages >= 0 ? pages : undefined;
	const unreadPages = pageCount === undefined ? omitUndefined({ numPages }) : {};
	const found = isObject(results) ? fields : results;
	const entries: unknown[] = [found ?? []].flat();
	return {
		fileId,
		status,
		finalisedAt: timestamp,
		pageCount,
		fields: chooseVersions(entries.filter(isNamed).map(readField)),
		others: [otherKeys, otherResults, unreadPages].flatMap(Object.entries),
		unrecognised: entries.filter((entry) => !isNamed(entry)),
	};
}

type Named = Record<string, unknown> & { name: string };
type VersionedField = SyphtField & { version: number };

function isNamed(entry: unknown): entry is Named {
	return isObject(entry) && typeof entry.name === 'string';
}

function readField({ name, value, confidence, boundingBox }: Named): VersionedField {
	const [, base, version] = /^(.*):([1-9]\d*)$/s.exec(name) ?? [undefined, name, '0'];
	return {
		name: base,
		version: Number(version),
		value: value ?? null,
		confidence: readNumber(confidence),
		boundingBox,
	};
}

/** `total` of `invoice.total`. */
export function lastPartOf(name: string): string {
	return name.slice(name.lastIndexOf('.') + 1);
}

/** A number may be written as a text. */
export function readNumber(value: unknown): number | undefined {
	const isText = typeof value === 'string' && value.trim() !== '';
	const number = isText ? Number(value) : value;
	return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/**
 * One result can hold several versions of a field. The highest one wins, unless it found nothing
 * where a lower one did. A name that occurs twice in one version stays twice.
 */
function chooseVersions(fields: VersionedField[]): VersionedField[] {
	const winners = new Map<string, VersionedField>();
	for (const field of fields) {
		const winner = winners.get(field.name);
		if (!winner || beats(field, winner)) winners.set(field.name, field);
	}
	return fields.filter((field) => field.version === winners.get(field.name)?.version);
}

function beats(field: VersionedField, other: VersionedField): boolean {
	const isFound = field.value !== null;
	if (isFound !== (other.value !== null)) return isFound;
	return field.version > other.version;
}
