import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import {
	describeEnd,
	describeProgress,
	RunReport,
	type Counts,
} from '../../../nodes/Sypht/resources/document/runReport';

const start = (context: Partial<IExecuteFunctions> = {}) =>
	new RunReport({ getMode: () => 'trigger', ...context } as IExecuteFunctions);
const read = (
	report: RunReport,
	fileId: string,
	outputs: IDataObject[],
	fieldNames: string[] = [],
) => {
	const result = { fileId, results: { fields: [{ name: 'invoice.total', value: '1.00' }] } };
	report.onRead(result, outputs, { output: 'selected', fieldNames });
};
const counts = (changes: Partial<Counts>): Counts => ({ ...start().counts, ...changes });

afterEach(() => jest.useRealTimers());

it.each<[Partial<Counts>, string | undefined]>([
	[{ total: 1, read: 1 }, undefined],
	[{ total: 1, notReady: 1 }, undefined],
	[{ total: 3, read: 3 }, '3 documents: 3 read.'],
	[
		{ total: 4, read: 2, failed: 1, notReady: 1 },
		'4 documents: 2 read, 1 failed, 1 not ready yet.',
	],
	[{ total: 1, read: 1, toReview: 1 }, '1 document: 1 read, 1 to review.'],
	[{ total: 2, read: 2, reused: 1 }, '2 documents: 2 read, 1 reused.'],
	[{ total: 2, uploaded: 1, reused: 1 }, '2 documents: 1 uploaded, 1 reused.'],
	[{ total: 2, reused: 2 }, '2 documents: 2 reused.'],
	[{ total: 1, read: 1, withoutFiles: 2 }, '1 document: 1 read. Skipped 2 items without files.'],
])('the summary of %j is %j', (changes, expected) => {
	expect(describeEnd(counts(changes))).toBe(expected);
});

it.each<[Partial<Counts>, string]>([
	[{ total: 9, read: 3 }, '9 documents: 3 read so far'],
	[
		{ total: 9, uploaded: 7, read: 3, failed: 1 },
		'9 documents: 7 uploaded, 3 read, 1 failed so far',
	],
	[{ total: 1, uploaded: 1 }, '1 document: 1 uploaded so far'],
])('the progress of %j is %j', (changes, expected) => {
	expect(describeProgress(counts(changes))).toBe(expected);
});

it('a run reports its progress now and then, not for every document', () => {
	jest.useFakeTimers();
	const sendMessageToUI = jest.fn();
	const report = start({ sendMessageToUI });
	report.onPlanned(100);
	for (let n = 0; n < 100; n++) {
		read(report, `file-${n}`, [{}]);
		jest.advanceTimersByTime(100);
	}
	expect(sendMessageToUI.mock.calls.map(([message]) => message)).toEqual(
		[21, 41, 61, 81].map((read) => `100 documents: ${read} read so far`),
	);
});

it('a document without line items is named', () => {
	const report = start();
	report.onPlanned(2);
	read(report, 'file-1', []);
	read(report, 'file-2', [{ review: { needed: true } }]);
	const message = describeEnd(report.counts);
	expect(message).toContain(
		'2 documents: 2 read, 1 to review. 1 document has no line items and returned nothing',
	);
	expect(message).toContain('file-1');
	expect(message).not.toContain('file-2');
});

it('a run does not need execution hints, which older n8n lacks', () => {
	const report = start();
	report.onPlanned(2);
	expect(() => report.onFinished()).not.toThrow();
});

it.each<[Partial<Counts>, string]>([
	[{ total: 2, read: 2 }, 'info'],
	[{ total: 2, read: 1, failed: 1 }, 'warning'],
])('the hint of %j is of the type %s', (changes, type) => {
	const addExecutionHints = jest.fn();
	const report = start({ addExecutionHints });
	Object.assign(report.counts, changes);
	report.onFinished();
	expect(addExecutionHints).toHaveBeenCalledWith(
		expect.objectContaining({ type, location: 'outputPane' }),
	);
});

it('field names that no document has are reported with the nearest existing ones', () => {
	const addExecutionHints = jest.fn();
	const report = start({ addExecutionHints });
	report.onPlanned(1);
	read(report, 'file-1', [{}], ['total', 'invoice.total', 'invoice']);
	report.onFinished();
	expect(addExecutionHints).toHaveBeenCalledWith({
		message: 'No document has a field "total". Did you mean invoice.total?',
		type: 'warning',
		location: 'outputPane',
	});
});

it('a test run that uploaded something advises to pin its output', () => {
	const addExecutionHints = jest.fn();
	const report = start({ addExecutionHints, getMode: () => 'manual' });
	report.onPlanned(1);
	report.add('uploaded');
	report.onFinished();
	expect(addExecutionHints).toHaveBeenCalledWith(
		expect.objectContaining({
			message: expect.stringMatching(/Pin this output.*turn off Keep File/),
			type: 'info',
		}),
	);
});
