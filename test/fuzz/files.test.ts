import fc from 'fast-check';
import { inspectFile } from '../../nodes/Sypht/files/check/inspect';
import { chunkedFile } from '../unit/files/support.mts';
import { mutateBytes } from './mutate.mts';
import { FUZZ_TIMEOUT_MS, RUNS } from './runs.mts';
import { makeRealFiles } from './samples.mts';

jest.setTimeout(FUZZ_TIMEOUT_MS);

const TOKENS = [
	'1 0 obj',
	'endobj',
	'<<',
	'>>',
	'/Type /Pages /Count 99999999',
	'/Type /Page',
	'/Type /ObjStm /Filter /FlateDecode /N 99999999 /First 99999999',
	'/Length 99999999999',
	'/Length 9 0 R',
	'stream\n',
	'\nendstream',
	'xref\n0 99999999\n',
	'trailer << /Root 1 0 R /Size 99999999 >>',
	'%PDF-1.7',
	'II*\0\xff\xff\xff\xff',
	'\0\0\0\0\0\0\0\0',
];

it('damaged real files are inspected without harm', async () => {
	const files = await makeRealFiles();
	await fc.assert(
		fc.asyncProperty(
			fc.constantFrom(...files),
			mutateBytes(TOKENS),
			fc.integer({ min: 1, max: 70_000 }),
			async (content, mutate, chunkBytes) => {
				const mutated = mutate(content);
				const { size, pages } = await inspectFile(chunkedFile(mutated, chunkBytes));
				expect(size).toBe(mutated.length);
				expect(pages === undefined || pages >= 0).toBe(true);
			},
		),
		{ numRuns: RUNS },
	);
});
