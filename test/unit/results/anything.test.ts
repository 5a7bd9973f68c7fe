import fc from 'fast-check';
import {
	findUnknownFields,
	formatResult,
	listFieldNames,
	listReviewFields,
	type OutputMode,
} from '../../../nodes/Sypht/results';

const MODES: OutputMode[] = ['simplified', 'raw', 'selected', 'lineItems'];

const name = fc.oneof(
	fc.string(),
	fc.constantFrom(
		'invoice',
		'invoice.total',
		'a:2',
		'a',
		'__proto__',
		'constructor.x',
		'',
		'.',
		'a..b',
	),
);
const field = fc.record({ name, value: fc.jsonValue(), confidence: fc.double({ min: 0, max: 1 }) });

const encoded = fc.constantFrom(
	'type',
	'items',
	'columns',
	'cells',
	'components',
	'value',
	'text',
	'name',
);
const nearly = fc.letrec((tie) => ({
	value: fc.oneof(
		{ depthSize: 'small' },
		fc.constantFrom('list', 'group', 'tokens', true, null, 1),
		fc.array(tie('value')),
		fc.dictionary(encoded, tie('value')),
	),
})).value;

/** Every text and number in a value, however deep. */
function scalarsOf(value: unknown): unknown[] {
	if (typeof value !== 'object') return [value];
	return value === null ? [] : Object.values(value).flatMap(scalarsOf);
}

it('any body is formatted in every mode, and no prototype is touched', () => {
	const before = Object.getOwnPropertyNames(Object.prototype);
	fc.assert(
		fc.property(fc.oneof(fc.jsonValue(), nearly), fc.constantFrom(...MODES), (value, output) => {
			for (const body of [value, { results: value }, { results: { fields: value } }]) {
				formatResult(body, { output, fieldNames: ['a', ''], reviewThreshold: 0.5 });
				listReviewFields(body, { reviewThreshold: 0.5 });
				findUnknownFields(['a', '', 'total'], listFieldNames(body));
			}
		}),
		{ numRuns: 1000 },
	);
	expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
});

it('of any fields, no text and no number is lost', () => {
	fc.assert(
		fc.property(fc.array(field), (fields) => {
			const [{ fields: output, unrecognised }] = formatResult(
				{ results: { fields } },
				{ output: 'simplified', amounts: 'asPrinted' },
			);
			const found = scalarsOf([output, unrecognised]);
			const versions = new Set(fields.map((candidate) => candidate.name.replace(/:\d+$/, '')));
			const isVersioned = versions.size < new Set(fields.map((candidate) => candidate.name)).size;
			if (isVersioned) return;
			for (const scalar of scalarsOf(fields.map(({ value }) => value))) {
				expect(found).toContainEqual(scalar);
			}
		}),
		{ numRuns: 500 },
	);
});
