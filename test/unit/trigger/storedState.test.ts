import fc from 'fast-check';
import type { TriggerState } from '../../../nodes/Sypht/trigger/model';
import { fromStored, toStored } from '../../../nodes/Sypht/trigger/storedState';
import {
	completed,
	failed,
	failing,
	HOUR,
	NOON,
	pending,
	poll,
	restore,
	stateWith,
} from './builders';

const uuid = (n: number) => `3f1a5c1e-7a0e-4f0b-9a53-${String(n).padStart(12, '0')}`;
const read = (stored: unknown) => fromStored(stored, { now: NOON, isCommitted: false });

it('comes back from JSON as it was', () => {
	const found = [completed('a'), failed('b'), pending('c'), failing('d')];
	const { state } = poll({ found, emission: 'e', onlyNew: false });
	const later = poll({ state, listed: ['a'], status: 'pending', now: NOON + HOUR / 2 });
	const full: TriggerState = {
		...later.state,
		problems: { poll: { since: NOON, reportedAt: NOON }, removal: { since: NOON } },
	};
	expect(restore(full)).toEqual(full);
});

it.each([
	['completed documents', (ids: string[]) => ids.map((id) => completed(id)), 371_000],
	['pending documents', (ids: string[]) => ids.map((id) => pending(id)), 371_000],
])('takes little more room than the ids of 10,000 %s', (_title, find, maxCharacters) => {
	const ids = Array.from({ length: 10_000 }, (_, n) => uuid(n));
	const { state } = poll({ found: find(ids), maxDocuments: Infinity, maxChecks: Infinity });
	expect(JSON.stringify(toStored(state)).length).toBeLessThan(maxCharacters);
	expect(Object.keys(toStored(state).documents)).toHaveLength(1);
});

describe('a state of version 0.1', () => {
	const stored = {
		queue: 'company/tag',
		processId: 'p',
		emitted: ['a', 'b!'],
		latest: ['c'],
		skipped: ['d', 'e!'],
		unwanted: ['f'],
		unseen: ['g'],
		resumeAt: 'g',
	};

	it('is migrated; its last emission may not have been stored, and comes again', () => {
		const state = read(stored);
		const found = ['a', 'c', 'd', 'f'].map((id) => completed(id));
		const old = [failed('b'), failed('e'), completed('g', -5)];
		const result = poll({ state, found: [...found, ...old], now: NOON + HOUR });
		expect(result.emitted).toEqual(['c', 'f']);
	});

	it('is migrated whole where its last emission was stored with it', () => {
		const state = fromStored(stored, { now: NOON, isCommitted: true });
		expect(poll({ state, found: [completed('a'), completed('c')] }).emitted).toEqual([]);
	});
});

describe('a damaged state', () => {
	const good = toStored(
		stateWith({ a: { documentCompleted: { at: NOON } }, b: { documentCompleted: 'skipped' } }),
	);

	it.each<[string, unknown]>([
		['nothing', undefined],
		['null', null],
		['a text', 'state'],
		['a list', []],
		['without a queue', { ...good, queue: 1 }],
		['of a later version', { ...good, version: 3 }],
		['of version 0.1 with other lists', { queue: 'q', emitted: 'a', latest: null }],
	])('is not used when it is %s', (_title, stored) => {
		expect(read(stored)).toBeUndefined();
	});

	it('loses only the entries that cannot be read', () => {
		const [[key, ids], ...others] = Object.entries(good.documents);
		const state = read({
			...good,
			problems: { poll: 'now', tag: { since: 'x' }, other: { since: 1 } },
			documents: { ...Object.fromEntries(others), [key]: 5, '{': ids, '[]': ids },
		});
		expect([...(state?.documents ?? [])]).toEqual([['b', { documentCompleted: 'skipped' }]]);
		expect(state?.problems).toEqual({});
	});

	it('reports a failing document again when it is not known whether it was reported', () => {
		const documents = {
			'{"failing":{"since":1,"isReported":"x"}}': 'a',
			'{"failing":{"since":1}}': 'b',
		};
		expect([...(read({ ...good, documents })?.documents ?? [])]).toEqual([
			['a', {}],
			['b', { failing: { since: 1 } }],
		]);
	});

	it('does not make documents count as old when the start is not known', () => {
		const stored = { ...good, startedAt: undefined };
		expect(poll({ state: read(stored), found: [completed('c')], onlyNew: true }).emitted).toEqual([
			'c',
		]);
	});

	it('never makes reading or polling throw', () => {
		const value = fc.oneof(fc.anything(), fc.constantFrom(good, 'skipped', NOON));
		const documents = fc.dictionary(
			fc.oneof(fc.string(), fc.json(), fc.constantFrom(...Object.keys(good.documents))),
			fc.oneof(fc.string(), fc.anything()),
		);
		const damaged = fc.record(
			{ version: fc.constant(2), queue: fc.string(), startedAt: value, problems: value, documents },
			{ requiredKeys: ['version', 'queue'] },
		);
		fc.assert(
			fc.property(fc.oneof(damaged, value), (stored) => {
				const state = read(stored);
				poll({ state, found: [completed('a')], removesTag: true });
			}),
		);
	});
});
