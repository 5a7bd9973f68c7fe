import { AdaptiveLimit } from '../../../nodes/Sypht/transport/adaptiveLimit';
import { CancelledError } from '../../../nodes/Sypht/transport/cancellation';
import {
	atATime,
	failing,
	perSecondFixed,
	perSecondSliding,
	queueing,
	Service,
	slowing,
	tokenBucket,
	unlimited,
	UPLOAD_MS,
	type Behaviour,
} from './simulation/services.mts';
import { uploadAll, type Outcome } from './simulation/uploads.mts';
import { seededRandom, VirtualTime } from './simulation/virtualTime.mts';

let mockTime: VirtualTime;

jest.mock('../../../nodes/Sypht/transport/cancellation', () => ({
	...jest.requireActual<object>('../../../nodes/Sypht/transport/cancellation'),
	pause: async (ms: number, signal?: AbortSignal) => await mockTime.sleep(ms, signal),
}));

beforeEach(() => {
	mockTime = new VirtualTime();
	jest.spyOn(Date, 'now').mockImplementation(() => mockTime.now);
});

afterEach(() => jest.restoreAllMocks());

/** Lets executions upload to one service, each with its own limit. */
async function simulate(
	behaviour: Behaviour,
	documents: number,
	executions = 1,
): Promise<{ service: Service; outcomes: Outcome[] }> {
	const service = new Service(mockTime, behaviour);
	const runs = Array.from({ length: executions }, async (_, n) => {
		const limit = new AdaptiveLimit({ random: seededRandom(n + 1) });
		return await uploadAll(mockTime, service, limit, documents);
	});
	return { service, outcomes: await mockTime.run(Promise.all(runs)) };
}

async function simulateOne(
	behaviour: Behaviour,
	documents: number,
): Promise<Outcome & { maxInFlight: number }> {
	const { service, outcomes } = await simulate(behaviour, documents);
	return { ...outcomes[0], maxInFlight: service.maxInFlight };
}

describe('a service that accepts everything', () => {
	it('gets 100 documents in about three round trips', async () => {
		const { durationMs, failed } = await simulateOne(unlimited(), 100);
		expect(failed).toBe(0);
		// With two seconds of processing, at most 1.15 of all at once.
		expect(durationMs + 2_000).toBeLessThan((UPLOAD_MS + 2_000) * 1.15);
	});

	it('takes no longer per document with 10,000 of them than with 1,000', async () => {
		const few = await simulateOne(unlimited(), 1_000);
		const many = await simulateOne(unlimited(), 10_000);
		expect(many.durationMs / 10_000).toBeLessThan((few.durationMs / 1_000) * 1.1);
		expect(many.maxInFlight).toBeLessThanOrEqual(100);
	});

	it('gets a single document at once', async () => {
		const { durationMs } = await simulateOne(unlimited(), 1);
		expect(durationMs).toBeLessThan(UPLOAD_MS * 1.1);
	});

	it('may answer in no time', async () => {
		const { failed, maxInFlight } = await simulateOne(unlimited(0), 500);
		expect(failed).toBe(0);
		expect(maxInFlight).toBeLessThanOrEqual(100);
	});
});

describe('a service that limits the number of uploads at a time', () => {
	it.each([1, 3, 8, 20])('accepts %d: few uploads are refused', async (max) => {
		const { durationMs, failed, inVain } = await simulateOne(atATime(max), 200);
		expect(failed).toBe(0);
		expect(inVain).toBeLessThanOrEqual(0.15);
		expect(durationMs).toBeLessThan((200 / max) * UPLOAD_MS * 1.3);
	});

	it('costs its pause once when it asks for one', async () => {
		const { durationMs, failed, inVain } = await simulateOne(atATime(8, 1_000), 200);
		expect(failed).toBe(0);
		expect(inVain).toBeLessThanOrEqual(0.15);
		expect(durationMs).toBeLessThan((200 / 8) * UPLOAD_MS * 1.1 + 1_000);
	});

	it('is used fully again when it allows more', async () => {
		const max = () => (mockTime.now < new VirtualTime().now + 5_000 ? 4 : 40);
		const { durationMs, failed } = await simulateOne(atATime(max), 1_000);
		expect(failed).toBe(0);
		// 200 documents in the first five seconds, 800 in two more, and three to notice the change.
		expect(durationMs).toBeLessThan(5_000 + 2_000 + 3_000);
	});

	it('is not overloaded when it allows fewer', async () => {
		const max = () => (mockTime.now < new VirtualTime().now + 1_000 ? 40 : 4);
		const { failed, inVain } = await simulateOne(atATime(max), 600);
		expect(failed).toBe(0);
		expect(inVain).toBeLessThanOrEqual(0.15);
	});

	it.each([2, 4])(
		'serves %d executions without starving any, and with little in vain',
		async (executions) => {
			const { outcomes } = await simulate(atATime(8), 200, executions);
			const idealMs = ((200 * executions) / 8) * UPLOAD_MS;
			for (const { durationMs, failed, inVain } of outcomes) {
				expect(failed).toBe(0);
				expect(durationMs).toBeLessThan(idealMs * 2);
				expect(inVain).toBeLessThanOrEqual(0.15);
			}
		},
	);

	it.each([
		[8, 100],
		[16, 50],
	])('serves %d executions of %d documents without starving any', async (executions, documents) => {
		const { outcomes } = await simulate(atATime(8), documents, executions);
		const idealMs = ((documents * executions) / 8) * UPLOAD_MS;
		for (const { durationMs, failed } of outcomes) {
			expect(failed).toBe(0);
			expect(durationMs).toBeLessThan(idealMs * 2);
		}
	});

	it('serves four executions when it asks for pauses', async () => {
		const { outcomes } = await simulate(atATime(8, 1_000), 200, 4);
		for (const { failed, durationMs } of outcomes) {
			expect(failed).toBe(0);
			expect(durationMs).toBeLessThan(60_000);
		}
	});
});

describe('a service that limits the rate', () => {
	const kinds = [
		['in any second', perSecondSliding],
		['in each second of the clock', perSecondFixed],
		[
			'by a bucket of tokens',
			(max: number, retryAfterMs: number) => tokenBucket(max, max, retryAfterMs),
		],
	] as const;

	it.each(kinds)('accepts 20 %s', async (_, limited) => {
		const { durationMs, failed } = await simulateOne(limited(20, 1_000), 200);
		expect(failed).toBe(0);
		expect(durationMs).toBeLessThan(10_000 * 1.3);
	});

	it.each(kinds)('accepts 1 %s, for longer than a single request may wait', async (_, limited) => {
		const { durationMs, failed, inVain } = await simulateOne(limited(1, 1_000), 200);
		expect(failed).toBe(0);
		expect(durationMs).toBeLessThan(200_000 * 1.1);
		expect(inVain).toBeLessThanOrEqual(0.15);
	});

	it('need not say how long to wait', async () => {
		const { durationMs, failed } = await simulateOne(perSecondSliding(1), 200);
		expect(failed).toBe(0);
		expect(durationMs).toBeLessThan(200_000 * 1.35);
	});

	it('serves four executions without starving any', async () => {
		const { outcomes } = await simulate(perSecondSliding(20, 1_000), 200, 4);
		for (const { durationMs, failed } of outcomes) {
			expect(failed).toBe(0);
			expect(durationMs).toBeLessThan(40_000 * 2);
		}
	});
});

describe('a service that gets slower the more is in flight', () => {
	// Its throughput is best with `best` in flight, and falls beyond.
	const quadratic = (best: number) => (inFlight: number) => 1 + (inFlight / best) ** 2;

	describe.each([
		['all uploads that are there', slowing],
		['an upload by those before it', queueing],
	])('and slows down %s', (_, behave) => {
		it.each([10, 20, 32])('is best with %d in flight', async (best) => {
			const { durationMs, maxInFlight } = await simulateOne(behave(quadratic(best)), 200);
			const idealMs = (200 / best) * UPLOAD_MS * 2;
			expect(durationMs).toBeLessThan(idealMs * 1.3);
			expect(maxInFlight).toBeLessThanOrEqual(64);
		});
	});

	it('works on at most 16 and lets the others wait', async () => {
		const { durationMs, maxInFlight } = await simulateOne(
			slowing((inFlight) => Math.max(1, inFlight / 16)),
			200,
		);
		expect(durationMs).toBeLessThan((200 / 16) * UPLOAD_MS * 1.3);
		expect(maxInFlight).toBeLessThanOrEqual(64);
	});
});

describe('a service with a temporary outage', () => {
	it('is back at full speed soon after seconds of refusing everything', async () => {
		const burst = failing(1_000, 4_000, { kind: 'refused' }, unlimited());
		const { durationMs, failed, inVain } = await simulateOne(burst, 1_000);
		expect(failed).toBe(0);
		expect(inVain).toBeLessThanOrEqual(0.15);
		expect(durationMs).toBeLessThan(3_000 + 2_000 + 1_600);
	});

	it('gets fewer uploads at a time after time-outs, and more again later', async () => {
		const silent = failing(1_000, 1_050, { kind: 'timedOut' }, unlimited());
		const { durationMs, failed } = await simulateOne(silent, 2_000);
		expect(failed).toBeLessThanOrEqual(100);
		expect(durationMs).toBeLessThan(10_000);
	});

	it('is given up when it refuses everything for two minutes', async () => {
		const dead = failing(0, Infinity, { kind: 'refused' }, unlimited());
		const { durationMs, failed, inVain } = await simulateOne(dead, 50);
		expect(failed).toBe(50);
		expect(durationMs).toBeGreaterThan(120_000);
		expect(inVain).toBeLessThan(4);
	});
});

describe('Stop', () => {
	it('ends the wait for a turn, and nothing is left that waits', async () => {
		const limit = new AdaptiveLimit({ start: 1, max: 1 });
		const stop = new AbortController();
		const turn = await limit.enter();
		const waiting = limit.enter(stop.signal);
		stop.abort();
		await expect(waiting).rejects.toBeInstanceOf(CancelledError);
		expect(limit.pendingCount).toBe(0);
		turn.leave();
		(await limit.enter()).leave();
	});

	it('ends a pause that the service asked for', async () => {
		const limit = new AdaptiveLimit();
		const stop = new AbortController();
		const turn = await limit.enter(stop.signal);
		turn.refused(60_000);
		const renewed = turn.renew(stop.signal);
		stop.abort();
		await expect(renewed).rejects.toBeInstanceOf(CancelledError);
		turn.leave();
		// The next one still has to wait for the service.
		const next = limit.enter();
		const startedAt = mockTime.now;
		await mockTime.run(next);
		expect(mockTime.now - startedAt).toBe(60_000);
	});
});
