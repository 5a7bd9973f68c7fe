import type { IDataObject } from 'n8n-workflow';

/** One field that Sypht read from a document. */
export interface SyphtField {
	/** Without the suffix of its version: `invoice.lineitems` for `invoice.lineitems:2`. */
	name: string;
	value: unknown;
	/** 0 to 1; no source promises that it is there. */
	confidence?: number;
}

/** The results of a document, as far as they could be understood. */
export interface SyphtResult {
	fileId?: unknown;
	status?: unknown;
	finalisedAt?: unknown;
	fields: SyphtField[];
	/** What stands among the fields and is none. */
	unrecognised: unknown[];
}

interface VersionedField extends SyphtField {
	version: number;
}

/**
 * Reads the body of `GET /result/final` (docs.sypht.com, "Results"): `fileId`, `status` and
 * `results` with `timestamp` and `fields`. Anything may be missing or of another type.
 */
export function readResult(body: unknown): SyphtResult {
	const { fileId, status, results } = asObject(body);
	const { timestamp, fields } = asObject(results);
	const found = isObject(results) ? fields : results;
	const entries: unknown[] = [found ?? []].flat();
	return {
		fileId,
		status,
		finalisedAt: timestamp,
		fields: chooseVersions(entries.filter(isNamed).map(readField)),
		unrecognised: entries.filter((entry) => !isNamed(entry)),
	};
}

export function asObject(value: unknown): IDataObject {
	return isObject(value) ? value : {};
}

export function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isNamed(entry: unknown): entry is IDataObject & { name: string } {
	return isObject(entry) && typeof entry.name === 'string';
}

function readField({ name, value, confidence }: IDataObject & { name: string }): VersionedField {
	const [, base, version] = /^(.*):([1-9]\d*)$/s.exec(name) ?? [undefined, name, '0'];
	const sureness = readConfidence(confidence);
	return {
		name: base,
		version: Number(version),
		value: value ?? null,
		...(sureness === undefined ? {} : { confidence: sureness }),
	};
}

/** A number may be written as a text. */
function readConfidence(confidence: unknown): number | undefined {
	const isText = typeof confidence === 'string' && confidence.trim() !== '';
	const number = isText ? Number(confidence) : confidence;
	return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/**
 * One result can hold several versions of a field. The highest one wins, unless it found nothing
 * where a lower one did. A name that comes twice in one version stays twice.
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
