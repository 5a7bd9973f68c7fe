import fc from 'fast-check';
import {
	advance,
	listCandidates,
	listSettled,
	listUnseen,
	stateOf,
	type SeenDocument,
	type TriggerState,
} from '../../../nodes/Sypht/trigger/state';

const completed = (fileId: string, finalisedAt?: string): SeenDocument => ({
	fileId,
	event: 'documentCompleted',
	finalisedAt,
});
const failed = (fileId: string): SeenDocument => ({ fileId, event: 'documentFailed' });
const idsOf = (documents: SeenDocument[]) => documents.map(({ fileId }) => fileId);

it('a document is given out once', () => {
	const first = advance(undefined, 'p', ['a'], [completed('a')]);
	expect(idsOf(first.emit)).toEqual(['a']);
	const second = advance(first.state, 'p', ['a'], [completed('a')]);
	expect(second.emit).toEqual([]);
	expect(listCandidates(second.state, 'p', ['a', 'b'], ['documentCompleted'])).toEqual(['b']);
});

it('the latest ones are given out again after a restart, and no others', () => {
	const first = advance(undefined, 'p', ['a'], [completed('a')]);
	const second = advance(first.state, 'p', ['a', 'b'], [completed('b')]);
	const restarted = advance(second.state, 'q', ['a', 'b'], [completed('a'), completed('b')]);
	expect(idsOf(restarted.emit)).toEqual(['b']);
});

it('oldest first; those without a time last, as they are listed', () => {
	const seen = [
		completed('x'),
		completed('new', '2026-01-02T00:00:00Z'),
		completed('y'),
		completed('old', '2026-01-01T00:00:00Z'),
	];
	expect(idsOf(advance(undefined, 'p', idsOf(seen), seen).emit)).toEqual(['old', 'new', 'x', 'y']);
});

it('no more than the maximum; the others follow', () => {
	const seen = ['a', 'b', 'c'].map((id) => completed(id));
	const first = advance(undefined, 'p', idsOf(seen), seen, { maxDocuments: 2 });
	const second = advance(first.state, 'p', idsOf(seen), seen, { maxDocuments: 2 });
	expect([idsOf(first.emit), idsOf(second.emit)]).toEqual([['a', 'b'], ['c']]);
});

it('a document that fails and is completed later is given out for each', () => {
	const first = advance(undefined, 'p', ['a'], [failed('a')]);
	const wanted = ['documentCompleted', 'documentFailed'] as const;
	expect(listCandidates(first.state, 'p', ['a'], [...wanted])).toEqual(['a']);
	expect(listCandidates(first.state, 'p', ['a'], ['documentFailed'])).toEqual([]);
	expect(advance(first.state, 'p', ['a'], [failed('a'), completed('a')]).emit).toEqual([
		completed('a'),
	]);
});

it('a document that lost its tag and got it again is a new one', () => {
	const first = advance(undefined, 'p', ['a'], [completed('a')]);
	const without = advance(first.state, 'p', [], []);
	expect(without.state).toEqual({ emitted: [], latest: [], processId: 'p' });
	expect(advance(without.state, 'p', ['a'], [completed('a')]).emit).toHaveLength(1);
});

it('where a poll had to stop the next one goes on', () => {
	const { state } = advance(undefined, 'p', ['a', 'b', 'c'], [], { resumeAt: 'c' });
	const candidates = (listed: string[]) =>
		listCandidates(state, 'p', listed, ['documentCompleted']);
	expect(candidates(['a', 'b', 'c', 'd'])).toEqual(['c', 'd', 'a', 'b']);
	expect(candidates(['a', 'b'])).toEqual(['a', 'b']);
});

it('two polls at the same time give a document out once', () => {
	const seen = [completed('a')];
	const one = advance(undefined, 'p', ['a'], seen);
	expect(advance(one.state, 'p', ['a'], seen).emit).toEqual([]);
});

it('only a document whose execution is stored may lose its tag', () => {
	const first = advance(undefined, 'p', ['a'], [completed('a')]);
	expect(listSettled(first.state, ['a'])).toEqual([]);
	const second = advance(first.state, 'p', ['a'], []);
	expect(listSettled(second.state, ['a', 'b'])).toEqual(['a']);
	expect(listSettled(undefined, ['a'])).toEqual([]);
});

it('skipped documents are never given out, looked at or settled', () => {
	const listed = ['a', 'b', 'c'];
	const skipped = [completed('a'), failed('b')];
	const first = advance(undefined, 'p', listed, [], { skipped });
	const { state, emit } = advance(first.state, 'q', listed, [...skipped, completed('c')]);
	expect(idsOf(emit)).toEqual(['c']);
	expect(listCandidates(state, 'q', listed, ['documentCompleted'])).toEqual(['b']);
	const { state: later } = advance(state, 'q', listed, []);
	expect(listSettled(later, listed)).toEqual(['c']);
});

it('a document that was not waited for is not looked at again, until it is', () => {
	const { state } = advance(undefined, 'p', ['a'], [], { unwanted: [completed('a')] });
	expect(listCandidates(state, 'p', ['a'], ['documentFailed'])).toEqual([]);
	expect(listCandidates(state, 'p', ['a'], ['documentCompleted'])).toEqual(['a']);
	expect(advance(state, 'p', ['a'], [completed('a')]).emit).toEqual([completed('a')]);
	expect(listSettled(state, ['a'])).toEqual([]);
});

it('a completed document is not looked at again, whatever is waited for', () => {
	const { state } = advance(undefined, 'p', ['a'], [completed('a')]);
	expect(listCandidates(state, 'p', ['a'], ['documentCompleted', 'documentFailed'])).toEqual([]);
});

it('what was there at the beginning stays so until it was seen', () => {
	expect(listUnseen(undefined, ['a', 'b'])).toEqual(['a', 'b']);
	const { state } = advance(undefined, 'p', ['a', 'b'], [], { unseen: ['b'] });
	expect(listUnseen(state, ['a', 'b', 'c'])).toEqual(['b']);
	expect(listUnseen(advance(state, 'p', ['a', 'b'], []).state, ['a', 'b'])).toEqual([]);
});

it('what is known of one tag says nothing of another', () => {
	const { state } = advance(undefined, 'p', ['a'], [completed('a')], { queue: 'company/tag' });
	expect(stateOf(state, 'company/tag')).toBe(state);
	expect(stateOf(state, 'company/other')).toBeUndefined();
});

it('ten thousand documents take less than a megabyte', () => {
	const ids = Array.from(
		{ length: 10_000 },
		(_, n) => `3f1a5c1e-7a0e-4f0b-9a53-${String(n).padStart(12, '0')}`,
	);
	const { state } = advance(
		undefined,
		'p',
		ids,
		ids.map((id) => completed(id)),
	);
	expect(JSON.stringify(state).length).toBeLessThan(1_000_000);
});

/**
 * Plays a history against the functions as n8n would: the state in memory changes with every poll
 * that ends, the saved one only with a poll that gives something out, and a crash can come between
 * saving and storing the execution.
 */
describe('any history', () => {
	type Step =
		| { do: 'appear' | 'finish' | 'fail' | 'untag' | 'retag'; id: number }
		| { do: 'poll'; sees: number; maxDocuments: number }
		| { do: 'overlap' | 'restart' | 'crashBeforeStoring' };

	const id = fc.nat({ max: 7 });
	const step: fc.Arbitrary<Step> = fc.oneof(
		{
			weight: 6,
			arbitrary: fc.record({
				do: fc.constantFrom('appear', 'finish', 'finish', 'fail', 'untag', 'retag'),
				id,
			}) as fc.Arbitrary<Step>,
		},
		{
			weight: 5,
			arbitrary: fc.record({
				do: fc.constant('poll' as const),
				sees: fc.nat({ max: 8 }),
				maxDocuments: fc.integer({ min: 1, max: 8 }),
			}),
		},
		{
			weight: 2,
			arbitrary: fc.record({
				do: fc.constantFrom('overlap', 'restart', 'crashBeforeStoring'),
			}) as fc.Arbitrary<Step>,
		},
	);

	class History {
		listed = new Set<string>();

		status = new Map<string, SeenDocument>();

		memory?: TriggerState;

		saved?: TriggerState;

		process = 1;

		clock = 0;

		/** How often each event of each time under the tag has a stored execution. */
		stored = new Map<string, number>();

		tagging = new Map<string, number>();

		restarts = 0;

		key(document: SeenDocument): string {
			return `${document.fileId} ${document.event} ${this.tagging.get(document.fileId)}`;
		}

		seen(candidates: string[], sees: number): SeenDocument[] {
			return candidates.slice(0, sees).flatMap((fileId) => this.status.get(fileId) ?? []);
		}

		poll(sees: number, maxDocuments: number, { stores = true } = {}): void {
			const processId = String(this.process);
			const listed = [...this.listed];
			const candidates = listCandidates(this.memory, processId, listed, [
				'documentCompleted',
				'documentFailed',
			]);
			const resumeAt = candidates[sees];
			const { state, emit } = advance(this.memory, processId, listed, this.seen(candidates, sees), {
				maxDocuments,
				resumeAt,
			});
			this.memory = state;
			expect(state.emitted.length + state.latest.length).toBeLessThanOrEqual(2 * listed.length);
			expect(emit.map(({ finalisedAt }) => finalisedAt)).toEqual(
				emit.map(({ finalisedAt }) => finalisedAt).sort(),
			);
			if (emit.length === 0) return;
			this.saved = JSON.parse(JSON.stringify(state)) as TriggerState;
			if (!stores) return;
			for (const document of emit) {
				const key = this.key(document);
				this.stored.set(key, (this.stored.get(key) ?? 0) + 1);
			}
		}

		restart(): void {
			this.process++;
			this.restarts++;
			this.memory = this.saved;
		}

		play(next: Step): void {
			switch (next.do) {
				case 'appear':
				case 'retag':
				case 'untag': {
					const fileId = `f${next.id}`;
					const isTagged = this.listed.has(fileId);
					if (next.do === 'untag') {
						// A poll that sees it untagged has to come before it counts as new.
						if (this.listed.delete(fileId)) this.poll(0, 8);
					} else if (!isTagged) {
						this.listed.add(fileId);
						this.tagging.set(fileId, (this.tagging.get(fileId) ?? 0) + 1);
					}
					break;
				}
				case 'finish':
				case 'fail': {
					const fileId = `f${next.id}`;
					if (this.status.get(fileId)?.event === 'documentCompleted') break;
					const time = new Date(++this.clock * 1000).toISOString();
					this.status.set(fileId, {
						fileId,
						event: next.do === 'finish' ? 'documentCompleted' : 'documentFailed',
						finalisedAt: time,
					});
					break;
				}
				case 'poll':
					this.poll(next.sees, next.maxDocuments);
					break;
				case 'overlap': {
					// The second poll looked before the first one ended.
					const listed = [...this.listed];
					const seen = this.seen(listed, 8);
					this.poll(8, 8);
					const { emit } = advance(this.memory, String(this.process), listed, seen);
					expect(emit).toEqual([]);
					break;
				}
				case 'restart':
					this.restart();
					break;
				case 'crashBeforeStoring':
					this.poll(8, 8, { stores: false });
					this.restart();
					break;
			}
		}
	}

	it('gives out each finished document at least once, and twice only after a restart', () => {
		fc.assert(
			fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
				const history = new History();
				steps.forEach((next) => history.play(next));
				// Enough polls for what the maximum and the time held back.
				for (let poll = 0; poll < 20; poll++) history.poll(8, 8);
				for (const fileId of history.listed) {
					const document = history.status.get(fileId);
					if (document) expect(history.stored.get(history.key(document))).toBeGreaterThan(0);
				}
				for (const times of history.stored.values()) {
					expect(times).toBeLessThanOrEqual(1 + history.restarts);
				}
			}),
			{ numRuns: 500 },
		);
	});
});
