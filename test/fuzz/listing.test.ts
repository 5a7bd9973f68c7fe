import fc from 'fast-check';
import { describeListing, readListing } from '../../nodes/Sypht/api/tagListing';
import { FUZZ_TIMEOUT_MS, RUNS } from './runs.mts';

jest.setTimeout(FUZZ_TIMEOUT_MS);

const id = fc.oneof(fc.uuid(), fc.jsonValue());
const key = fc.constantFrom('docs', 'documents', 'files', 'id', 'docId', 'fileId', 'other');
const entry = fc.oneof(id, fc.dictionary(key, id));
const list = fc.oneof(fc.array(entry), fc.jsonValue());
const listing = fc.oneof(list, fc.dictionary(key, list));

it('any answer whatever is a list of different ids, or no listing', () => {
	fc.assert(
		fc.property(listing, (body) => {
			const ids = readListing(body);
			if (ids === undefined) {
				expect(describeListing(body)).toMatch(/^(a \w+|the keys .+)$/s);
				return;
			}
			expect(new Set(ids).size).toBe(ids.length);
			expect(ids.every((text) => typeof text === 'string' && text !== '')).toBe(true);
		}),
		{ numRuns: RUNS },
	);
});
