import {
	AdaptiveConcurrency,
	MAX_SHARED_PAUSE_MS,
	type Attempt,
} from '../../../nodes/Sypht/transport/adaptiveConcurrency';

const START_MS = 1_000_000;

function begin(policy: AdaptiveConcurrency, count: number, now = START_MS): Attempt[] {
	return Array.from({ length: count }, () => policy.begin(now));
}

function create(start?: number): AdaptiveConcurrency {
	return new AdaptiveConcurrency({ start, random: () => 1 });
}

it('begins with ten uploads at a time', () => {
	const policy = create();
	begin(policy, 9);
	expect(policy.hasRoom).toBe(true);
	begin(policy, 1);
	expect(policy.hasRoom).toBe(false);
});

it('allows three times as many after a round of successes', () => {
	const policy = create();
	for (const attempt of begin(policy, 10)) policy.accept(attempt, START_MS + 100);
	expect(policy.maxInFlight).toBe(30);
});

it('does not grow from uploads that did not use what was allowed', () => {
	const policy = create();
	for (let n = 0; n < 50; n++) {
		policy.accept(policy.begin(START_MS + n * 100), START_MS + n * 100 + 99);
	}
	expect(policy.maxInFlight).toBe(10);
});

it('never exceeds the number that is set', () => {
	const policy = new AdaptiveConcurrency({ start: 5, max: 5 });
	for (const attempt of begin(policy, 5)) policy.accept(attempt, START_MS + 100);
	expect(policy.maxInFlight).toBe(5);
});

it('keeps as many in flight as the service is busy with when it refuses more', () => {
	const policy = create();
	const attempts = begin(policy, 10);
	policy.refuse(attempts[8], START_MS + 1);
	policy.refuse(attempts[9], START_MS + 2);
	expect(policy.maxInFlight).toBe(8);
	expect(policy.mayStartAt).toBeLessThanOrEqual(START_MS + 2);
});

it('starts nothing until the time that the service asks for', () => {
	const policy = create();
	const attempts = begin(policy, 10);
	policy.refuse(attempts[9], START_MS + 5, 3_000);
	expect(policy.mayStartAt).toBe(START_MS + 3_005);
	policy.refuse(attempts[8], START_MS + 6, 1_000);
	expect(policy.mayStartAt).toBe(START_MS + 3_005);
});

it('waits longer and longer, up to a limit, when nothing is in flight and no time is given', () => {
	const policy = create(1);
	let now = START_MS;
	const pauses = Array.from({ length: 7 }, () => {
		const [attempt] = begin(policy, 1, now);
		policy.refuse(attempt, now);
		const pauseMs = policy.mayStartAt - now;
		now += pauseMs;
		return pauseMs;
	});
	expect(pauses).toEqual([250, 500, 1_000, 2_000, 4_000, 5_000, 5_000]);
});

it('does not make the others wait when the service asks for hours', () => {
	const policy = create();
	const attempts = begin(policy, 10);
	policy.refuse(attempts[9], START_MS, MAX_SHARED_PAUSE_MS + 1);
	expect(policy.mayStartAt).toBeLessThanOrEqual(START_MS);
});

it('paces the starts when the service refuses no more than it accepted before', () => {
	const policy = create(1);
	policy.accept(policy.begin(START_MS), START_MS + 100);
	policy.refuse(policy.begin(START_MS + 100), START_MS + 101, 1_000);
	const resumedAt = policy.mayStartAt;
	policy.begin(resumedAt);
	expect(policy.mayStartAt - resumedAt).toBeCloseTo(1_030, 6);
});

it('halves once for uploads that timed out together', () => {
	const policy = create();
	for (const attempt of begin(policy, 10)) policy.timeOut(attempt, START_MS + 60_000);
	expect(policy.maxInFlight).toBe(5);
	expect(policy.hasRoom).toBe(true);
});

it('knows since when the service has refused everything', () => {
	const policy = create();
	const attempts = begin(policy, 3);
	expect(policy.refusingSince).toBeUndefined();
	policy.refuse(attempts[0], START_MS + 10);
	policy.refuse(attempts[1], START_MS + 20);
	expect(policy.refusingSince).toBe(START_MS);
	policy.accept(attempts[2], START_MS + 30);
	expect(policy.refusingSince).toBeUndefined();
});

it('makes room when an upload ends in a way that says nothing about load', () => {
	const policy = create();
	begin(policy, 10);
	policy.end();
	expect(policy.hasRoom).toBe(true);
	expect(policy.maxInFlight).toBe(10);
});
