import type { IExecuteFunctions } from 'n8n-workflow';
import {
	addResultHints,
	countRead,
	describeTally,
	startTally,
	type ResultTally,
} from '../../nodes/Sypht/resources/document/resultHints';

const tally = (changes: Partial<ResultTally>): ResultTally => ({ ...startTally(), ...changes });

it.each<[Partial<ResultTally>, string | undefined]>([
	[{ read: 1 }, undefined],
	[{ notReady: 1 }, undefined],
	[{ read: 3 }, '3 documents: 3 read.'],
	[{ read: 2, failed: 1, notReady: 1 }, '4 documents: 2 read, 1 failed, 1 not ready yet.'],
	[{ read: 1, toReview: 1 }, '1 document: 1 read, 1 to review.'],
])('%j is told as %j', (changes, expected) => {
	expect(describeTally(tally(changes))).toBe(expected);
});

it('a document that gave no line is named', () => {
	const counted = startTally();
	countRead(counted, 'file-1', []);
	countRead(counted, 'file-2', [{ review: { needed: true } }]);
	expect(describeTally(counted)).toContain(
		'2 documents: 2 read, 1 to review. 1 without line items',
	);
	expect(describeTally(counted)).toContain('file-1');
	expect(describeTally(counted)).not.toContain('file-2');
});

it('an n8n without execution hints goes without', () => {
	expect(() => addResultHints({} as IExecuteFunctions, tally({ read: 2 }))).not.toThrow();
});

it.each<[Partial<ResultTally>, string]>([
	[{ read: 2 }, 'info'],
	[{ read: 1, failed: 1 }, 'warning'],
])('the hint of %j is of the type %s', (changes, type) => {
	const addExecutionHints = jest.fn();
	addResultHints({ addExecutionHints } as unknown as IExecuteFunctions, tally(changes));
	expect(addExecutionHints).toHaveBeenCalledWith(
		expect.objectContaining({ type, location: 'outputPane' }),
	);
});
