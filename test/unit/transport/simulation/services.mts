import { seededRandom, type VirtualTime } from './virtualTime.mts';

export type Answer =
	| { kind: 'accepted' }
	| { kind: 'refused'; retryAfterMs?: number }
	| { kind: 'timedOut' };

/** How a service responds to an upload. */
export type Behaviour = (time: VirtualTime) => Promise<Answer>;

export const UPLOAD_MS = 100;
/** On average, each way. */
const LATENCY_MS = 2;
const ACCEPTED: Answer = { kind: 'accepted' };

/** A service on the other side of a network, and the outcomes of the uploads sent to it. */
export class Service {
	sent = 0;

	accepted = 0;

	maxInFlight = 0;

	private inFlight = 0;

	private readonly random = seededRandom();

	private readonly time: VirtualTime;

	private readonly behave: Behaviour;

	constructor(time: VirtualTime, behave: Behaviour) {
		this.time = time;
		this.behave = behave;
	}

	async send(): Promise<Answer> {
		this.sent++;
		this.inFlight++;
		this.maxInFlight = Math.max(this.maxInFlight, this.inFlight);
		await this.travel();
		const answer = await this.behave(this.time);
		await this.travel();
		this.inFlight--;
		if (answer.kind === 'accepted') this.accepted++;
		return answer;
	}

	private async travel(): Promise<void> {
		await this.time.sleep(LATENCY_MS * (0.5 + this.random()));
	}
}

export function unlimited(uploadMs = UPLOAD_MS): Behaviour {
	return async (time) => {
		await time.sleep(uploadMs);
		return ACCEPTED;
	};
}

/** Accepts a number of uploads at a time and refuses the others at once. */
export function atATime(max: number | (() => number), retryAfterMs?: number): Behaviour {
	let running = 0;
	return async (time) => {
		if (running >= (typeof max === 'number' ? max : max()))
			return { kind: 'refused', retryAfterMs };
		running++;
		await time.sleep(UPLOAD_MS);
		running--;
		return ACCEPTED;
	};
}

/** Accepts a number of uploads in any period of a second. */
export function perSecondSliding(max: number, retryAfterMs?: number): Behaviour {
	let recent: number[] = [];
	return async (time) => {
		recent = recent.filter((at) => at > time.now - 1_000);
		if (recent.length >= max) return { kind: 'refused', retryAfterMs };
		recent.push(time.now);
		await time.sleep(UPLOAD_MS);
		return ACCEPTED;
	};
}

/** Accepts a number of uploads in each second of the clock. */
export function perSecondFixed(max: number, retryAfterMs?: number): Behaviour {
	let second = 0;
	let count = 0;
	return async (time) => {
		if (Math.floor(time.now / 1_000) !== second) {
			second = Math.floor(time.now / 1_000);
			count = 0;
		}
		if (count >= max) return { kind: 'refused', retryAfterMs };
		count++;
		await time.sleep(UPLOAD_MS);
		return ACCEPTED;
	};
}

/** A token bucket: an upload takes one token, and tokens are added at a fixed rate. */
export function tokenBucket(perSecond: number, size: number, retryAfterMs?: number): Behaviour {
	let tokens = size;
	let filledAt = 0;
	return async (time) => {
		tokens = Math.min(size, tokens + ((time.now - filledAt) / 1_000) * perSecond);
		filledAt = time.now;
		if (tokens < 1) return { kind: 'refused', retryAfterMs };
		tokens--;
		await time.sleep(UPLOAD_MS);
		return ACCEPTED;
	};
}

/** Never refuses, but each upload takes the longer the more there are. */
export function slowing(slowdown: (inFlight: number) => number): Behaviour {
	const running = new Set<{ leftMs: number; finish: () => void }>();
	let workedAt = 0;
	let generation = 0;
	const work = (time: VirtualTime) => {
		for (const job of running) job.leftMs -= (time.now - workedAt) / slowdown(running.size);
		workedAt = time.now;
	};
	const planNext = (time: VirtualTime) => {
		const planned = ++generation;
		if (running.size === 0) return;
		const leftMs = Math.min(...[...running].map((job) => job.leftMs));
		void time.sleep(leftMs * slowdown(running.size)).then(() => {
			if (planned !== generation) return;
			work(time);
			for (const job of running) {
				if (job.leftMs > 1e-6) continue;
				running.delete(job);
				job.finish();
			}
			planNext(time);
		});
	};
	return async (time) => {
		work(time);
		await new Promise<void>((finish) => {
			running.add({ leftMs: UPLOAD_MS, finish });
			planNext(time);
		});
		return ACCEPTED;
	};
}

/** Never refuses, but an upload takes the longer the more there are when it arrives. */
export function queueing(slowdown: (inFlight: number) => number): Behaviour {
	let running = 0;
	return async (time) => {
		running++;
		await time.sleep(UPLOAD_MS * slowdown(running));
		running--;
		return ACCEPTED;
	};
}

/** Has a bad time, in ms from the first upload on, in which every upload gets the same answer. */
export function failing(
	fromMs: number,
	toMs: number,
	answer: Answer,
	otherwise: Behaviour,
): Behaviour {
	let beganAt: number | undefined;
	return async (time) => {
		beganAt ??= time.now;
		const atMs = time.now - beganAt;
		return atMs >= fromMs && atMs < toMs ? answer : await otherwise(time);
	};
}
