import fc from 'fast-check';

/** Changes a JSON value somewhere: another value in its place, nothing there, or itself twice. */
export type MutateJson = (value: unknown) => unknown;

export const mutateJson: fc.Arbitrary<MutateJson> = fc
	.array(fc.tuple(fc.nat(), fc.constantFrom('replace', 'remove', 'repeat'), fc.jsonValue()), {
		minLength: 1,
		maxLength: 4,
	})
	.map((changes) => (value) => {
		for (const [at, change, other] of changes) {
			const places = listPlaces(value);
			if (places.length === 0) return other;
			const { parent, key } = places[at % places.length];
			if (change === 'replace') parent[key] = other;
			else if (change === 'remove') delete parent[key];
			else if (Array.isArray(parent)) parent.push(parent[Number(key)]);
			else parent[`${key}:2`] = parent[key];
		}
		return value;
	});

/** Changes bytes somewhere: flips, cuts, repeats, or puts a token in. */
export type MutateBytes = (content: Buffer) => Buffer;

export function mutateBytes(tokens: string[]): fc.Arbitrary<MutateBytes> {
	const change = fc.tuple(
		fc.double({ min: 0, max: 1, noNaN: true }),
		fc.double({ min: 0, max: 1, noNaN: true }),
		fc.constantFrom('flip', 'cut', 'repeat', 'insert', 'overwrite'),
		fc.constantFrom(...tokens),
	);
	return fc.array(change, { minLength: 1, maxLength: 6 }).map((changes) => (content) => {
		let bytes = Buffer.from(content);
		for (const [start, end, kind, token] of changes) {
			const [from, to] = [start, end]
				.map((share) => Math.floor(share * bytes.length))
				.sort((a, b) => a - b);
			const inserted = Buffer.from(token, 'latin1');
			if (kind === 'flip' && from < bytes.length) bytes[from] ^= 0xff;
			else if (kind === 'cut') bytes = Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
			else if (kind === 'repeat') {
				bytes = Buffer.concat([bytes.subarray(0, to), bytes.subarray(from)]);
			} else if (kind === 'insert') {
				bytes = Buffer.concat([bytes.subarray(0, from), inserted, bytes.subarray(from)]);
			} else inserted.copy(bytes, from);
		}
		return bytes;
	});
}

type Container = Record<string, unknown> & unknown[];

function listPlaces(value: unknown): Array<{ parent: Container; key: string & number }> {
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([key, child]) => [
		{ parent: value as Container, key: key as string & number },
		...listPlaces(child),
	]);
}
