import fc from 'fast-check';
import { describeListing, readListingPage } from '../../nodes/Sypht/api/tagListing';
import { FUZZ_TIMEOUT_MS, RUNS } from './runs.mts';

jest.setTimeout(FUZZ_TIMEOUT_MS);

const id = fc.oneof(fc.uuid(), fc.jsonValue());
const key = fc.constantFrom(
	'docs',
	'documents',
	'files',
	'id',
	'docId',
	'fileId',
	'next_page',
	'total',
	'other',
);
const entry = fc.oneof(id, fc.dictionary(key, id));
const list = fc.oneof(fc.array(entry), fc.jsonValue());
const listing = fc.oneof(list, fc.dictionary(key, list));

it('reads a list of different ids from any answer, or finds no listing', () => {
	fc.assert(
		fc.property(listing, fc.oneof(fc.constant(undefined), fc.string()), (body, link) => {
			const page = readListingPage(body, link);
			if (page === undefined) {
				expect(describeListing(body)).toMatch(/^(a \w+|the keys .+)$/s);
				return;
			}
			const { fileIds, entries, unreadable } = page;
			expect(new Set(fileIds).size).toBe(fileIds.length);
			expect(fileIds.length).toBeLessThanOrEqual(entries - unreadable);
			expect(fileIds.every((text) => typeof text === 'string' && text !== '')).toBe(true);
		}),
		{ numRuns: RUNS },
	);
});
