import { nextAttempt } from '../../../nodes/Sypht/trigger/schedule';
import type { CheckedDocument, TriggerState } from '../../../nodes/Sypht/trigger/model';
import { completed, DAY, failed, failing, HOUR, MINUTE, NOON, pending, poll } from './builders';

const ids = (count: number, prefix = 'id') =>
	Array.from({ length: count }, (_, n) => `${prefix}-${n}`);

/** How often documents are checked when n8n polls each minute. */
function countChecks(found: CheckedDocument[], minutes: number): number {
	let state: TriggerState | undefined;
	let checks = 0;
	for (let minute = 0; minute < minutes; minute++) {
		const result = poll({ state, found, now: NOON + minute * MINUTE });
		checks += result.checks.length;
		state = result.state;
	}
	return checks;
}

it('waits a quarter of the time so far, or as long again, and an hour at most', () => {
	const since = NOON;
	const waitAfter = (seconds: number, pace: 'soon' | 'later') =>
		nextAttempt({ since, next: 0 }, NOON + seconds, pace).next - NOON - seconds;
	expect([0, 40, 400, DAY].map((age) => waitAfter(age, 'soon'))).toEqual([0, 10, 100, HOUR]);
	expect([0, 40, 400, DAY].map((age) => waitAfter(age, 'later'))).toEqual([30, 40, 400, HOUR]);
	expect(nextAttempt(undefined, NOON, 'soon')).toEqual({ since: NOON, next: NOON });
});

it.each([
	['pending', pending('a'), 20, 50],
	['failed', failed('a'), 10, 40],
	['missing', failing('a', { isMissing: true }), 10, 40],
	['failing', failing('a'), 10, 40],
])('checks a %s document less and less often, up to hourly', (_title, document, hour, day) => {
	expect(countChecks([document], 60)).toBeLessThanOrEqual(hour);
	expect(countChecks([document], 24 * 60)).toBeLessThanOrEqual(day);
	expect(countChecks([document], 24 * 60)).toBeGreaterThanOrEqual(24);
});

it('finds a document completed within a quarter of the time that it took', () => {
	let { state } = poll({ found: [pending('a')] });
	let minute = 0;
	for (let emitted: string[] = []; emitted.length === 0; minute++) {
		const found = [minute < 100 ? pending('a') : completed('a')];
		const result = poll({ state, found, now: NOON + minute * MINUTE });
		({ state, emitted } = result);
	}
	expect(minute).toBeLessThanOrEqual(100 * 1.25 + 2);
});

it('checks new documents first, but always some of the others', () => {
	const { state } = poll({ listed: ids(50, 'old') });
	const listed = [...ids(50, 'old'), ...ids(50, 'new')];
	const { checks } = poll({ state, listed, maxChecks: 10, now: NOON + MINUTE });
	expect(checks.filter((id) => id.startsWith('new'))).toHaveLength(8);
	expect(checks.filter((id) => id.startsWith('old'))).toHaveLength(2);
	expect(checks[0]).toBe('new-0');
});

it('checks the documents that have waited longest first', () => {
	let { state } = poll({ listed: ['a'] });
	state = poll({ state, listed: ['a', 'b'], now: NOON + 8 * MINUTE }).state;
	const { checks } = poll({ state, listed: ['b', 'a'], now: NOON + 11 * MINUTE });
	expect(checks).toEqual(['b', 'a']);
});

it('gets to every document, whatever cannot be checked', () => {
	const listed = ids(100);
	let state: TriggerState | undefined;
	const checked = new Set<string>();
	for (let minute = 0; minute < 13; minute++) {
		const found = listed.map((id) => failing(id));
		const result = poll({ state, found, maxChecks: 10, now: NOON + minute * MINUTE });
		result.checks.forEach((id) => checked.add(id));
		state = result.state;
	}
	expect(checked.size).toBe(100);
});

it('needs one check a document for a backlog of 2,000', () => {
	const found = ids(2_000).map((id) => completed(id));
	let state: TriggerState | undefined;
	const emitted: string[] = [];
	for (let minute = 0; minute < 20; minute++) {
		// A poll stops checking once it has found as many as it may emit.
		const result = poll({ state, found, maxChecks: 100, now: NOON + minute * MINUTE });
		emitted.push(...result.emitted);
		state = result.state;
	}
	expect(emitted).toEqual(ids(2_000));
});

it('bounds the checks of a poll with 100,000 documents', () => {
	const listed = ids(100_000);
	const first = poll({ listed });
	expect(first.checks).toHaveLength(500);
	expect(poll({ state: first.state, listed, now: NOON + MINUTE }).checks).toHaveLength(500);
});
