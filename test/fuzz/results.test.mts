import fc from 'fast-check';
import { formatResult, type OutputMode } from '../../nodes/Sypht/results';
import { mutateJson } from './mutate.mts';
import { realResults } from './samples.mts';
import { FUZZ_TIMEOUT_MS, RUNS } from './runs.mts';

jest.setTimeout(FUZZ_TIMEOUT_MS);

const MAX_CPU_MICROSECONDS = 10_000_000;

const MODES: OutputMode[] = ['simplified', 'raw', 'selected', 'lineItems'];
const options = fc.record({
	output: fc.constantFrom(...MODES),
	fieldNames: fc.array(fc.oneof(fc.string(), fc.constantFrom('invoice', 'invoice.total'))),
	reviewThreshold: fc.option(fc.double(), { nil: undefined }),
});

it('any response becomes items that n8n can store', () => {
	fc.assert(
		fc.property(fc.jsonValue(), options, (body, settings) => {
			JSON.stringify(formatResult(body, settings));
		}),
		{ numRuns: RUNS },
	);
});

it('a damaged real response becomes items that n8n can store', () => {
	fc.assert(
		fc.property(fc.constantFrom(...realResults), mutateJson, options, (body, mutate, settings) => {
			JSON.stringify(formatResult(mutate(structuredClone(body)), settings));
		}),
		{ numRuns: RUNS },
	);
});

it.each<[string, unknown]>([
	['a deep list', nest(20_000, (inner) => [inner])],
	['a deep object', nest(20_000, (value) => ({ value }))],
	['one long name', '.'.repeat(500_000)],
	['many fields of one name', null],
	['columns of one name', makeTable(20_000, 1, () => 'c')],
	['columns', makeTable(20_000, 1, (n) => `c${n}`)],
	['rows', makeTable(2, 20_000, (n) => `c${n}`)],
])('a megabyte of %s is no trap', (_title, value) => {
	const names = value === null ? Array.from({ length: 20_000 }, () => 'invoice.total') : ['a.b'];
	const fields =
		typeof value === 'string'
			? [{ name: value, value: 1 }]
			: names.map((name) => ({ name, value, confidence: 0.5 }));
	const startedAt = process.cpuUsage();
	for (const output of MODES) {
		const settings = { output, fieldNames: ['a', 'invoice'], reviewThreshold: 0.8 };
		expect(formatResult({ results: { fields } }, settings)).toBeDefined();
	}
	// Some hundred times as long as it takes: a trap takes minutes.
	expect(process.cpuUsage(startedAt).user).toBeLessThan(MAX_CPU_MICROSECONDS);
});

function makeTable(columns: number, rows: number, nameColumn: (n: number) => string): unknown {
	const types = Array.from({ length: columns }, (_, n) => ({ type: nameColumn(n) }));
	const makeRow = () => Array.from({ length: columns }, () => ({ text: 'a' }));
	return [{ types, cells: Array.from({ length: rows }, makeRow) }];
}

function nest(depth: number, wrap: (inner: unknown) => unknown): unknown {
	let value: unknown = 'end';
	for (let level = 0; level < depth; level++) value = wrap(value);
	return value;
}
