import { listUnreported, markReported } from '../../../nodes/Sypht/trigger/state';
import {
	completed,
	DAY,
	failed,
	failing,
	HOUR,
	MINUTE,
	NOON,
	pending,
	poll,
	restore,
	stateWith,
} from './builders';

describe('emitting', () => {
	it('emits a completed document once', () => {
		const found = [completed('a')];
		const first = poll({ found });
		const second = poll({ state: first.state, found, now: NOON + MINUTE });
		expect([first.emitted, second.emitted]).toEqual([['a'], []]);
		expect(second.checks).toEqual([]);
	});

	it('emits the oldest first, and those without a time last, as they are listed', () => {
		const found = [completed('x'), completed('new', 2), completed('y'), completed('old', 1)];
		expect(poll({ found }).emitted).toEqual(['old', 'new', 'x', 'y']);
	});

	it('emits no more than the maximum, and the others in the next poll', () => {
		const found = [completed('a'), completed('b'), completed('c')];
		const first = poll({ found, maxDocuments: 2 });
		const second = poll({ state: first.state, found, maxDocuments: 2, now: NOON + MINUTE });
		expect([first.emitted, second.emitted]).toEqual([['a', 'b'], ['c']]);
	});

	it('emits a document that fails and is completed later for each', () => {
		const first = poll({ found: [failed('a')] });
		const second = poll({ state: first.state, found: [completed('a')], now: NOON + MINUTE });
		expect([first.emitted, second.emitted]).toEqual([['a failed'], ['a']]);
	});

	it('does not check a failed document again when only failures are wanted', () => {
		const { state } = poll({ found: [failed('a')], wanted: ['documentFailed'] });
		const later = poll({ state, listed: ['a'], wanted: ['documentFailed'], now: NOON + DAY });
		expect(later.checks).toEqual([]);
	});

	it('does not check a completed document again, whatever it waits for', () => {
		const { state } = poll({ found: [completed('a')] });
		expect(poll({ state, listed: ['a'], now: NOON + DAY }).checks).toEqual([]);
	});

	it('checks a document again that it was not waiting for only when it is', () => {
		const found = [completed('a')];
		const { state } = poll({ found, wanted: ['documentFailed'] });
		const same = poll({ state, found, wanted: ['documentFailed'], now: NOON + HOUR });
		expect(same.checks).toEqual([]);
		const changed = poll({ state, found, wanted: ['documentCompleted'], now: NOON + HOUR });
		expect(changed.emitted).toEqual(['a']);
	});

	it('emits a document again after the time to repeat, while it still has the tag', () => {
		const found = [completed('a'), completed('b')];
		const options = { found, repeatAfter: HOUR };
		const { state } = poll(options);
		const early = poll({ ...options, state, now: NOON + HOUR - 1 });
		expect(early.emitted).toEqual([]);
		const due = poll({ ...options, state: early.state, listed: ['a'], now: NOON + HOUR });
		expect(due.emitted).toEqual(['a']);
		const after = poll({ ...options, state: due.state, listed: ['a'], now: NOON + HOUR + MINUTE });
		expect(after.emitted).toEqual([]);
	});

	it('does not repeat what was skipped or not wanted', () => {
		const state = stateWith({ a: { documentCompleted: 'skipped' } });
		expect(poll({ state, listed: ['a'], repeatAfter: 1, now: NOON + DAY }).checks).toEqual([]);
	});
});

describe('an execution that may not be stored', () => {
	const found = [completed('a')];

	it('is emitted again after a restart while it is unconfirmed', () => {
		const first = poll({ found, emission: 'e' });
		const state = restore(first.state);
		const again = poll({ state, found, status: 'unknown', now: NOON + MINUTE });
		expect(again.emitted).toEqual(['a']);
	});

	it('is not emitted again after a restart once it was confirmed', () => {
		const first = poll({ found, emission: 'e' });
		const second = poll({ state: first.state, found, status: 'stored', now: NOON + MINUTE });
		const state = restore(second.state);
		expect(poll({ state, found, status: 'unknown', now: NOON + HOUR }).emitted).toEqual([]);
	});

	it('is not emitted again while n8n works on it', () => {
		const first = poll({ found, emission: 'e' });
		const second = poll({ state: first.state, found, status: 'pending', now: NOON + MINUTE });
		expect(second.emitted).toEqual([]);
	});

	it('is emitted again at once when n8n could not store it, then less and less often', () => {
		let { state } = poll({ found, emission: 'e' });
		const times: number[] = [];
		for (let minute = 1; minute <= 180; minute++) {
			const now = NOON + minute * MINUTE;
			const result = poll({ state, found, status: 'lost', now, emission: 'e' });
			state = result.state;
			if (result.emitted.length > 0) times.push(minute);
		}
		expect(times[0]).toBeLessThanOrEqual(2);
		expect(times.length).toBeLessThan(30);
		expect(180 - times[times.length - 1]).toBeLessThan(60);
	});

	it('counts as stored after an hour without a report from n8n', () => {
		const first = poll({ found, emission: 'e' });
		const later = poll({ state: first.state, found, status: 'pending', now: NOON + HOUR });
		expect(poll({ state: later.state, found, status: 'unknown', now: NOON + DAY }).emitted).toEqual(
			[],
		);
	});
});

describe('Remove Tag', () => {
	const found = [completed('a'), failed('b'), pending('c')];
	const options = { found, removesTag: true };

	it('waits until the execution is stored', () => {
		const first = poll({ ...options, emission: 'e' });
		const second = poll({ ...options, state: first.state, status: 'pending', now: NOON + MINUTE });
		const third = poll({
			...options,
			state: second.state,
			status: 'stored',
			now: NOON + 2 * MINUTE,
		});
		expect([first.removed, second.removed, third.removed]).toEqual([[], [], ['a', 'b']]);
	});

	it('needs no report from n8n where state and execution are stored together, only a later poll', () => {
		const first = poll(options);
		const second = poll({ ...options, state: restore(first.state), now: NOON + MINUTE });
		expect([first.removed, second.removed]).toEqual([[], ['a', 'b']]);
	});

	it('leaves documents alone that were not emitted', () => {
		const state = stateWith({
			a: { documentCompleted: 'skipped' },
			b: { documentFailed: 'unwanted' },
		});
		expect(poll({ state, listed: ['a', 'b'], removesTag: true }).removed).toEqual([]);
	});

	it('leaves failed documents alone when only completed ones are wanted', () => {
		const wanted = ['documentCompleted' as const];
		const { state } = poll({ ...options, wanted });
		expect(poll({ ...options, wanted, state, now: NOON + MINUTE }).removed).toEqual(['a']);
	});

	it('tries again less and less often while a document keeps its tag', () => {
		let { state } = poll(options);
		let attempts = 0;
		for (let minute = 1; minute <= 600; minute++) {
			const result = poll({ state, listed: ['a'], removesTag: true, now: NOON + minute * MINUTE });
			attempts += result.removed.length;
			state = result.state;
		}
		expect(attempts).toBeGreaterThan(10);
		expect(attempts).toBeLessThan(30);
	});

	it('still emits a failed document that is completed after its tag was removed', () => {
		const first = poll({ found: [failed('a')], removesTag: true });
		const second = poll({
			state: first.state,
			found: [failed('a')],
			removesTag: true,
			now: NOON + MINUTE,
		});
		expect(second.removed).toEqual(['a']);
		const third = poll({ state: second.state, listed: [], now: NOON + 2 * MINUTE });
		const fourth = poll({
			state: third.state,
			listed: [],
			found: [completed('a')],
			now: NOON + 20 * MINUTE,
		});
		expect(fourth.emitted).toEqual(['a']);
	});
});

describe('Only New', () => {
	it('never emits or checks again what was finished at the start, and keeps its tag', () => {
		const found = [completed('a'), failed('b')];
		const first = poll({ found, onlyNew: true });
		const later = poll({
			state: restore(first.state),
			found: [...found, completed('c')],
			status: 'unknown',
			now: NOON + HOUR,
		});
		const last = poll({
			state: later.state,
			listed: ['a', 'b', 'c'],
			now: NOON + 2 * HOUR,
			removesTag: true,
		});
		expect([first.emitted, later.emitted, last.removed]).toEqual([[], ['c'], ['c']]);
	});

	it('emits what had the tag at the start and is finished later', () => {
		const first = poll({ found: [pending('a')], onlyNew: true });
		expect(
			poll({ state: first.state, found: [completed('a')], now: NOON + MINUTE }).emitted,
		).toEqual(['a']);
	});

	it('counts a document as old that could not be checked at the start', () => {
		const first = poll({ found: [failing('a')], onlyNew: true });
		const second = poll({
			state: first.state,
			found: [completed('a', -5), completed('b')],
			now: NOON + MINUTE,
		});
		expect(second.emitted).toEqual(['b']);
	});

	it('goes by the time of the results when there was no time to check a document at the start', () => {
		const found = [completed('a', -5), completed('before', -1), completed('after', 1)];
		const first = poll({ found, onlyNew: true, maxChecks: 1 });
		const second = poll({ state: first.state, found, now: NOON + 2 * MINUTE });
		expect([first.emitted, second.emitted]).toEqual([[], ['after']]);
	});
});

describe('a listing that is wrong', () => {
	const found = ['a', 'b', 'c', 'd'].map((fileId) => completed(fileId));

	it.each([
		['empty', []],
		['half', ['a', 'b']],
		['duplicated', ['a', 'a', 'b', 'b', 'c', 'd']],
	])('repeats nothing when it is %s for a while', (_title, listed) => {
		const first = poll({ found });
		const during = poll({ state: first.state, found, listed, now: NOON + MINUTE });
		const after = poll({ state: during.state, found, now: NOON + 10 * HOUR });
		expect([during.emitted, after.emitted]).toEqual([[], []]);
	});

	it('emits nothing old with Only New', () => {
		const first = poll({ found, onlyNew: true });
		const during = poll({ state: first.state, listed: [], now: NOON + MINUTE });
		expect(poll({ state: during.state, found, now: NOON + HOUR }).emitted).toEqual([]);
	});

	it('makes the trigger forget a document only after a day of listings without it', () => {
		let { state } = poll({ found: [completed('a')] });
		for (let hour = 1; hour <= 24; hour++) {
			state = poll({ state, listed: [], now: NOON + hour * HOUR }).state;
			expect(state.documents.has('a')).toBe(true);
		}
		state = poll({ state, listed: [], now: NOON + 25 * HOUR }).state;
		expect(state.documents.has('a')).toBe(false);
		expect(poll({ state, found: [completed('a')], now: NOON + 26 * HOUR }).emitted).toEqual(['a']);
	});

	it('never makes the trigger forget a document when it is known to be cut off', () => {
		let { state } = poll({ found });
		for (let hour = 1; hour <= 100; hour++) {
			state = poll({ state, listed: ['a'], isWhole: false, now: NOON + hour * HOUR }).state;
		}
		expect(poll({ state, found, now: NOON + 101 * HOUR }).emitted).toEqual([]);
	});

	it('does not count the time that n8n was off', () => {
		const first = poll({ found });
		const missing = poll({ state: first.state, listed: [], now: NOON + MINUTE });
		const week = poll({ state: missing.state, listed: [], now: NOON + 7 * DAY });
		expect(poll({ state: week.state, found, now: NOON + 7 * DAY + MINUTE }).emitted).toEqual([]);
	});

	it('starts the day anew when the document is listed again', () => {
		let { state } = poll({ found: [completed('a')] });
		for (let hour = 1; hour <= 60; hour++) {
			const listed = hour % 20 === 0 ? ['a'] : [];
			state = poll({ state, listed, now: NOON + hour * HOUR }).state;
		}
		expect(state.documents.has('a')).toBe(true);
	});

	it('keeps at most 100,000 documents that are not listed', () => {
		const records = Array.from({ length: 100_002 }, (_, n) => [
			`id-${n}`,
			{ documentCompleted: 'skipped' as const, missingSince: NOON - n / 10 },
		]);
		const state = stateWith(Object.fromEntries(records));
		const { documents } = poll({ state, listed: [] }).state;
		expect(documents.size).toBe(100_000);
		expect(documents.has('id-0')).toBe(true);
		expect(documents.has('id-100001')).toBe(false);
	});
});

describe('a document that cannot be checked', () => {
	it('is reported once, after an hour', () => {
		const first = poll({ found: [failing('a'), failing('b')] });
		expect(listUnreported(first.state, NOON + HOUR - 1)).toEqual([]);
		expect(listUnreported(first.state, NOON + HOUR)).toEqual(['a', 'b']);
		const reported = markReported(first.state, ['a', 'b']);
		expect(listUnreported(reported, NOON + DAY)).toEqual([]);
	});

	it('is reported anew when it fails again after it was checked', () => {
		const state = markReported(poll({ found: [failing('a')] }).state, ['a']);
		const checked = poll({ state, found: [pending('a')], now: NOON + HOUR });
		const again = poll({ state: checked.state, found: [failing('a')], now: NOON + 2 * HOUR });
		expect(listUnreported(again.state, NOON + 3 * HOUR)).toEqual(['a']);
	});

	it('is emitted as soon as it can be checked', () => {
		const first = poll({ found: [failing('a')] });
		expect(poll({ state: first.state, found: [completed('a')], now: NOON + HOUR }).emitted).toEqual(
			['a'],
		);
	});
});
