import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NodeOperationError, type INode } from 'n8n-workflow';
import { checkFile, type FileLimits } from '../../nodes/Sypht/files/check/checkFile';
import { inspectFile, type Inspection } from '../../nodes/Sypht/files/check/inspect';
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
	'/Encrypt << /Filter /Standard /R 6 /U (',
	'/O <',
	'/P 99999999999 /Length 3 /ID [<>]',
	'II*\0\xff\xff\xff\xff',
	'\0\0\0\0\0\0\0\0',
];

const NODE = { name: 'Sypht' } as INode;
const REFUSAL = new NodeOperationError(NODE, 'Any refusal');
const LIMITS: FileLimits = {
	maxSizeBytes: 1_000_000,
	maxPages: 5,
	advice: { size: '', pages: '', content: '' },
};

function refuse(inspection: Inspection): unknown {
	try {
		checkFile(NODE, 'The file', inspection, LIMITS);
		return undefined;
	} catch (error) {
		return error;
	}
}

it('real files with something wrong in them are inspected without harm', async () => {
	const encrypted = ['password-r2', 'opens-r4', 'opens-r6'].map((name) =>
		readFileSync(join(__dirname, `../data/files/${name}.pdf`)),
	);
	const files = [...(await makeRealFiles()), ...encrypted];
	await fc.assert(
		fc.asyncProperty(
			fc.constantFrom(...files),
			mutateBytes(TOKENS),
			fc.integer({ min: 1, max: 70_000 }),
			async (content, mutate, chunkBytes) => {
				const mutated = mutate(content);
				const inspection = await inspectFile(chunkedFile(mutated, chunkBytes));
				expect(inspection.size).toBe(mutated.length);
				expect(inspection.pages ?? 0).toBeGreaterThanOrEqual(0);
				expect(refuse(inspection) ?? REFUSAL).toBeInstanceOf(NodeOperationError);
			},
		),
		{ numRuns: RUNS },
	);
});
