import assert from 'node:assert/strict';
import fc from 'fast-check';
import type {
	CheckedDocument,
	EmissionStatus,
	FinishedDocument,
	TriggerState,
} from '../../../nodes/Sypht/trigger/model';
import { HOUR, MINUTE, NOON, poll, restore } from './builders';

/** What can be wrong with a listing. */
type Lie = 'none' | 'empty' | 'half' | 'duplicated' | 'reversed';
/** What happens to the documents that a poll returns. */
type Fate =
	| 'stored'
	/** The execution runs for long; n8n says nothing yet. */
	| 'running'
	/** n8n could not write the execution. */
	| 'lost'
	/** n8n could write neither the execution nor the state. */
	| 'lostWithState'
	/** n8n ended after it stored the state, before it stored the execution. */
	| 'crashBetween'
	/** n8n ended after it stored the execution, before it stored the state. */
	| 'crashAfterExecution';

type Step =
	| { do: 'upload' | 'complete' | 'fail' | 'break' | 'mend'; id: number }
	| { do: 'poll'; lie: Lie; fate: Fate; maxDocuments: number; maxChecks: number }
	| { do: 'wait'; minutes: number }
	| { do: 'restart' | 'brokenListing' };

interface Rules {
	isDurable: boolean;
	onlyNew: boolean;
	removesTag: boolean;
}

/**
 * n8n, Sypht and the trigger in one. The old way: the state in memory changes with every poll, the
 * stored one only when a poll emits, apart from the execution. The durable way: every poll reads
 * the stored state, and state and execution are stored together or not at all.
 */
class History {
	private now = NOON;

	private readonly tagged = new Set<string>();

	private readonly results = new Map<string, FinishedDocument>();

	private readonly broken = new Set<string>();

	private memory?: TriggerState;

	private saved?: TriggerState;

	private emissions = new Map<string, EmissionStatus>();

	private counter = 0;

	/** What was listed and finished when the trigger started, as far as n8n has stored that it did. */
	private old?: Set<string>;

	/** How often each event has a stored execution. */
	readonly stored = new Map<string, number>();

	/** Crashes, restarts and executions that n8n could not store. */
	accidents = 0;

	private readonly rules: Rules;

	constructor(rules: Rules) {
		this.rules = rules;
	}

	play(step: Step): void {
		switch (step.do) {
			case 'upload':
				this.tagged.add(`f${step.id}`);
				break;
			case 'complete':
			case 'fail':
				this.finish(`f${step.id}`, step.do === 'complete' ? 'documentCompleted' : 'documentFailed');
				break;
			case 'break':
				this.broken.add(`f${step.id}`);
				break;
			case 'mend':
				this.broken.delete(`f${step.id}`);
				break;
			case 'wait':
				this.now += step.minutes * MINUTE;
				break;
			case 'restart':
				this.restart();
				break;
			case 'brokenListing':
				// Nothing but the settling of emissions happens in such a poll.
				this.now += MINUTE;
				break;
			case 'poll':
				this.poll(step);
				break;
		}
	}

	/** Polls until nothing is left to do. */
	calm(): void {
		this.broken.clear();
		for (let poll = 0; poll < 8; poll++) {
			this.now += HOUR;
			this.poll({ do: 'poll', lie: 'none', fate: 'stored', maxDocuments: 100, maxChecks: 100 });
		}
	}

	/** The events that must have been emitted by now. */
	listExpected(): string[] {
		return [...this.results.values()]
			.filter(({ fileId }) => this.tagged.has(fileId))
			.map(toKey)
			.filter((key) => !this.old?.has(key));
	}

	private finish(fileId: string, is: FinishedDocument['is']): void {
		if (this.results.get(fileId)?.is === 'documentCompleted') return;
		const finalisedAt = new Date(this.now * 1000).toISOString();
		this.results.set(fileId, { fileId, is, finalisedAt, body: { fileId } });
	}

	private restart(): void {
		this.accidents++;
		this.memory = this.saved && restore(this.saved);
		this.emissions = new Map();
	}

	private poll({ lie, fate, maxDocuments, maxChecks }: Step & { do: 'poll' }): void {
		const { now } = this;
		const { isDurable, onlyNew, removesTag } = this.rules;
		const listed = this.list(lie);
		const read = isDurable ? this.saved && restore(this.saved, { isCommitted: true }) : this.memory;
		if (onlyNew && read?.startedAt === undefined) {
			this.old = new Set(listed.flatMap((id) => this.results.get(id) ?? []).map(toKey));
		}
		const emission = isDurable ? undefined : `emission ${++this.counter}`;
		const { state, checks, emit, removed } = poll({
			state: read,
			listed,
			onlyNew,
			now,
			maxChecks,
			maxDocuments,
			removesTag,
			emission,
			statusOf: (id) => this.emissions.get(id) ?? 'unknown',
			check: (fileId) => this.check(fileId),
		});
		// These run tens of thousands of times, for which `expect` is too slow.
		assert.ok(checks.length <= maxChecks);
		assert.equal(new Set(checks).size, checks.length);
		assert.ok(emit.length <= maxDocuments);
		const times = emit.map(({ finalisedAt }) => finalisedAt);
		assert.deepEqual(times, times.toSorted());
		removed.forEach((fileId) => this.removeTag(fileId));
		this.end(state, emit, fate, emission);
		this.now += MINUTE;
	}

	private end(
		state: TriggerState,
		emit: FinishedDocument[],
		fate: Fate,
		emission: string | undefined,
	): void {
		const isStored = ['stored', 'running', 'crashAfterExecution'].includes(fate);
		const isCrash = fate.startsWith('crash');
		if (emission === undefined) {
			// One transaction: both or neither.
			if (isStored) this.store(state, emit);
			if (isCrash) this.restart();
			return;
		}
		this.memory = state;
		if (emit.length === 0) {
			if (isCrash) this.restart();
			return;
		}
		if (isStored) this.store(undefined, emit);
		if (!['lostWithState', 'crashAfterExecution'].includes(fate)) this.saved = state;
		if (fate.startsWith('lost')) this.accidents++;
		const status = fate === 'running' ? 'pending' : isStored ? 'stored' : 'lost';
		this.emissions.set(emission, status);
		if (isCrash) this.restart();
	}

	private store(state: TriggerState | undefined, emit: FinishedDocument[]): void {
		if (state) this.saved = state;
		for (const key of emit.map(toKey)) this.stored.set(key, (this.stored.get(key) ?? 0) + 1);
	}

	private removeTag(fileId: string): void {
		const keys = [`${fileId} documentCompleted`, `${fileId} documentFailed`];
		assert.ok(keys.some((key) => this.stored.has(key)));
		const result = this.results.get(fileId);
		const isKnown = result && this.stored.has(toKey(result));
		// Whatever it became after it was emitted can only be seen as long as the trigger remembers it.
		if (isKnown) this.tagged.delete(fileId);
	}

	private list(lie: Lie): string[] {
		const listed = [...this.tagged];
		switch (lie) {
			case 'empty':
				return [];
			case 'half':
				return listed.slice(0, listed.length / 2);
			case 'duplicated':
				return [...listed, ...listed];
			case 'reversed':
				return listed.toReversed();
			case 'none':
				return listed;
		}
	}

	private check(fileId: string): CheckedDocument {
		if (this.broken.has(fileId)) {
			return { fileId, is: 'failing', error: new Error('broken'), isMissing: false };
		}
		return this.results.get(fileId) ?? { fileId, is: 'pending' };
	}
}

function toKey({ fileId, is }: FinishedDocument): string {
	return `${fileId} ${is}`;
}

const id = fc.nat({ max: 7 });
const lie = fc.constantFrom<Lie>('none', 'none', 'none', 'empty', 'half', 'duplicated', 'reversed');
const pollStep = (fate: fc.Arbitrary<Fate>): fc.Arbitrary<Step> =>
	fc.record({
		do: fc.constant('poll' as const),
		lie,
		fate,
		maxDocuments: fc.integer({ min: 1, max: 8 }),
		maxChecks: fc.integer({ min: 1, max: 8 }),
	});
const documentStep = fc.record({
	do: fc.constantFrom('upload', 'upload', 'complete', 'complete', 'fail', 'break', 'mend'),
	id,
}) as fc.Arbitrary<Step>;
const calmStep: fc.Arbitrary<Step> = fc.oneof(
	fc.record({ do: fc.constant('wait' as const), minutes: fc.nat({ max: 20 }) }),
	fc.constant<Step>({ do: 'brokenListing' }),
);
const FATES: Fate[] = [
	'stored',
	'running',
	'lost',
	'lostWithState',
	'crashBetween',
	'crashAfterExecution',
];

/** Histories in which everything can go wrong. */
const wild = fc.array(
	fc.oneof(
		{ weight: 6, arbitrary: documentStep },
		{ weight: 6, arbitrary: pollStep(fc.constantFrom(...FATES)) },
		{ weight: 2, arbitrary: calmStep },
		{ weight: 1, arbitrary: fc.constant<Step>({ do: 'restart' }) },
	),
	{ maxLength: 60 },
);
/** Histories without a crash, a restart or an execution that could not be stored. */
const peaceful = fc.array(
	fc.oneof(
		{ weight: 6, arbitrary: documentStep },
		{ weight: 6, arbitrary: pollStep(fc.constantFrom('stored', 'running')) },
		{ weight: 2, arbitrary: calmStep },
	),
	{ maxLength: 60 },
);

function playAll(rules: Rules, steps: Step[]): History {
	const history = new History(rules);
	steps.forEach((step) => history.play(step));
	history.calm();
	return history;
}

const modes = fc.record({ isDurable: fc.boolean(), removesTag: fc.boolean() });

it('every finished document has an execution, whatever happens', () => {
	fc.assert(
		fc.property(modes, wild, (mode, steps) => {
			const history = playAll({ ...mode, onlyNew: false }, steps);
			expect(history.listExpected().filter((key) => !history.stored.has(key))).toEqual([]);
		}),
		{ numRuns: 1_000 },
	);
});

it('none has two without a crash, a restart or an execution that could not be stored', () => {
	fc.assert(
		fc.property(modes, fc.boolean(), peaceful, (mode, onlyNew, steps) => {
			const history = playAll({ ...mode, onlyNew }, steps);
			expect(history.listExpected().filter((key) => !history.stored.has(key))).toEqual([]);
			expect([...history.stored].filter(([, times]) => times > 1)).toEqual([]);
		}),
		{ numRuns: 1_000 },
	);
});

it('none has more than one more for each accident', () => {
	fc.assert(
		fc.property(fc.boolean(), wild, (removesTag, steps) => {
			const history = playAll({ isDurable: false, removesTag, onlyNew: false }, steps);
			expect(Math.max(0, ...history.stored.values())).toBeLessThanOrEqual(1 + history.accidents);
		}),
		{ numRuns: 500 },
	);
});

it('with durable pollers each has exactly one, whatever happens', () => {
	fc.assert(
		fc.property(fc.boolean(), fc.boolean(), wild, (removesTag, onlyNew, steps) => {
			const history = playAll({ isDurable: true, removesTag, onlyNew }, steps);
			expect(history.listExpected().filter((key) => history.stored.get(key) !== 1)).toEqual([]);
			expect([...history.stored].filter(([, times]) => times > 1)).toEqual([]);
		}),
		{ numRuns: 1_000 },
	);
});
