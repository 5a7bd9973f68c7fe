/** An attempt to upload, as the policy numbers it. */
export interface Attempt {
	number: number;
	/** In ms since 1970. */
	startedAt: number;
	/** How many uploads were in flight when it started, this one included. */
	inFlight: number;
}

export interface AdaptiveConcurrencyOptions {
	/** How many uploads may be in flight at first, and as long as none is refused. */
	start?: number;
	max?: number;
	/** For the jitter of pauses. */
	random?: () => number;
}

const START = 10;
const MAX = 100;

/** Up to here each upload that succeeds makes room for two more, so three times as many a round. */
const QUICK_GROWTH_END = 64;
const QUICK_STEP = 2;
/** Beyond, so many more a round. */
const SLOW_STEP = 4;

/** How much longer an upload may take than in the best times before more in flight do not pay off. */
const TOLERATED_SLOWDOWN = 2;
const TOLERATED_SLOWDOWN_BEYOND = 1.1;
/** The mean duration is that of about so many uploads. */
const MEAN_OF = 10;

/** After a refusal, growth is tried again after so many successes and so long a time. */
const SUCCESSES_BEFORE_PROBE = 10;
const MIN_PROBE_WAIT_MS = 1_000;
/** Of the time the service asks to wait: what a failed probe costs. */
const PROBE_WAIT_FACTOR = 4;
const MAX_PROBE_WAIT_MS = 120_000;

/** The interval between starts, so that jitter on the way does not bring two too close together. */
const INTERVAL_MARGIN = 1.03;
const INTERVAL_STEP = 0.95;
const MIN_INTERVAL_MS = 1;

const FIRST_BACKOFF_MS = 250;
const MAX_BACKOFF_MS = 5_000;
/** A service that asks to wait longer refuses: each upload fails with its answer. */
export const MAX_SHARED_PAUSE_MS = 120_000;

/**
 * Finds out how many uploads a service takes at a time, from what becomes of them. It does not wait
 * and has no clock: `maxInFlight` and `mayStartAt` say what is allowed, times are passed in.
 *
 * TCP's slow start finds the right number in a few round trips. After a refusal it keeps what the
 * service did accept and tries more ever less often: AIMD's halving would waste a third of a service
 * that allows 8. A service that limits the rate is paced by it, as in AWS's adaptive mode, and
 * durations are compared with the best ones as in Netflix's gradient, since a slow service may never refuse.
 */
export class AdaptiveConcurrency {
	readonly max: number;

	private readonly start: number;

	private readonly random: () => number;

	private limit: number;

	private inFlight = 0;

	private startedCount = 0;

	private growth: 'growing' | 'settled' | 'probing' = 'growing';

	/** The most that were in flight when an upload started that the service accepted. */
	private proven = 0;

	/** After the service accepted nothing at all: growth is quick again up to here. */
	private quickUntil = 0;

	private lastOfSlow = 0;

	private quickEnd = QUICK_GROWTH_END;

	private meanMs = 0;

	private bestMeanMs = Infinity;

	private acceptedCount = 0;

	/** Attempts up to this number started before the latest refusal was known, and tell nothing new. */
	private lastOfBurst = 0;

	private limitBeforeBurst = 0;

	private acceptedSinceRefusal = 0;

	private probeAt = 0;

	private probeWaitMs = 0;

	private probeNumber = Infinity;

	private settledLimit = 0;

	private settledIntervalMs = 0;

	private backoffs = 0;

	private pausedUntil = 0;

	private intervalMs = 0;

	private provenIntervalMs = 0;

	private intervalStep = INTERVAL_STEP;

	private intervalChangedAt = 0;

	private spanMs = 0;

	private lastStartedAt = -Infinity;

	/** Since the latest pause. */
	private resumedAt = 0;

	private acceptedSinceResume = 0;

	private busySince?: number;

	constructor({ start = START, max = MAX, random = Math.random }: AdaptiveConcurrencyOptions = {}) {
		this.start = start;
		this.max = max;
		this.random = random;
		this.limit = start;
	}

	get maxInFlight(): number {
		return Math.floor(this.limit);
	}

	/** When the next upload may start, in ms since 1970. */
	get mayStartAt(): number {
		return Math.max(this.pausedUntil, this.lastStartedAt + this.intervalMs);
	}

	get hasRoom(): boolean {
		return this.inFlight < this.maxInFlight;
	}

	/** Since when the service has accepted nothing, in ms since 1970; undefined when it is not so. */
	get refusingSince(): number | undefined {
		return this.busySince;
	}

	begin(now: number): Attempt {
		if (this.resumedAt < this.pausedUntil) {
			this.resumedAt = now;
			this.acceptedSinceResume = 0;
		}
		this.lastStartedAt = now;
		this.startedCount++;
		this.inFlight++;
		return { number: this.startedCount, startedAt: now, inFlight: this.inFlight };
	}

	/** Ended in a way that says nothing about load. */
	end(): void {
		this.inFlight--;
	}

	accept(attempt: Attempt, now: number): void {
		this.inFlight--;
		this.busySince = undefined;
		this.backoffs = Math.max(0, this.backoffs - 1);
		this.proven = Math.max(this.proven, attempt.inFlight);
		if (attempt.startedAt >= this.resumedAt) this.acceptedSinceResume++;
		this.acceptedSinceRefusal++;
		this.learnDuration(now - attempt.startedAt);
		this.adjust(attempt, now);
	}

	refuse(attempt: Attempt, now: number, retryAfterMs?: number): void {
		this.inFlight--;
		this.busySince ??= attempt.startedAt;
		const isNews = attempt.number > this.lastOfBurst;
		if (isNews) this.beginBurst();
		const isAlone = this.inFlight === 0;
		const asksToWait = retryAfterMs !== undefined && retryAfterMs <= MAX_SHARED_PAUSE_MS;
		let pauseMs = asksToWait ? retryAfterMs : 0;
		if (isNews && isAlone && !asksToWait) pauseMs = this.backOff();
		const isTooFast = attempt.inFlight <= this.proven && (asksToWait||(isNews && isAlone && this.acceptedSinceResume>0));

		if (isTooFast) {
			this.pace(now, pauseMs);
		} else {
			this.limit = Math.max(1, Math.min(this.limit, this.inFlight));
			this.proven = Math.min(this.proven, this.limit);
			this.quickUntil = isAlone ? this.limitBeforeBurst / 2 : 0;
		}
		this.pausedUntil = Math.max(this.pausedUntil, now + pauseMs);
		if (isNews) this.settle(pauseMs);
		this.probeAt = Math.max(now, this.pausedUntil) + this.probeWaitMs;
	}

	timeOut(attempt: Attempt, now: number): void {
		this.inFlight--;
		if (attempt.number <= this.lastOfBurst) return;
		this.beginBurst();
		this.limit = Math.max(1, this.limit / 2);
		this.settle(0);
		this.probeAt = now + this.probeWaitMs;
	}

	private beginBurst(): void {
		this.lastOfBurst = this.startedCount;
		this.limitBeforeBurst = this.limit;
		this.acceptedSinceRefusal = 0;
	}

	private settle(pauseMs: number): void {
		const wait = Math.max(MIN_PROBE_WAIT_MS, pauseMs * PROBE_WAIT_FACTOR);
		const gained = this.limit > this.settledLimit * 1.2 || this.intervalMs < this.settledIntervalMs / 1.2;
		if (this.growth !== 'settled') {
			this.probeWaitMs = Math.min(MAX_PROBE_WAIT_MS, gained ? wait : this.probeWaitMs * 2);
		}
		this.settledLimit = this.limit;
		this.settledIntervalMs = this.intervalMs;
		this.growth = 'settled';
	}

	private backOff(): number {
		const ms = Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** this.backoffs);
		this.backoffs++;
		return ms * (0.5 + this.random() / 2);
	}

	private pace(now: number, retryAfterMs: number): void {
		this.spanMs = retryAfterMs;
		if (this.growth !== 'settled' && this.provenIntervalMs > 0) {
			this.intervalMs = this.provenIntervalMs;
			return;
		}
		const spanMs = Math.max(retryAfterMs, now - this.resumedAt);
		const accepted = Math.max(1, this.acceptedSinceResume + this.inFlight);
		this.intervalMs = this.provenIntervalMs = (spanMs / accepted) * INTERVAL_MARGIN;
	}

	private learnDuration(durationMs: number): void {
		this.acceptedCount++;
		const weight = 1 / Math.min(this.acceptedCount, MEAN_OF);
		this.meanMs += (durationMs - this.meanMs) * weight;
		if (this.acceptedCount >= MEAN_OF) this.bestMeanMs = Math.min(this.bestMeanMs, this.meanMs);
	}

	private isSlow(durationMs: number): boolean {
		const tolerated =
			this.limit > QUICK_GROWTH_END ? TOLERATED_SLOWDOWN_BEYOND : TOLERATED_SLOWDOWN;
		return durationMs > this.bestMeanMs * tolerated;
	}

	private adjust(attempt: Attempt, now: number): void {
		const isDue = now >= this.probeAt && this.acceptedSinceRefusal >= SUCCESSES_BEFORE_PROBE;
		if (this.isSlow(this.meanMs)) {
			if (attempt.number <= this.lastOfSlow) return;
			this.lastOfSlow = this.startedCount;
			const bearable = (this.limit * this.bestMeanMs * TOLERATED_SLOWDOWN) / this.meanMs;
			this.limit = Math.min(this.limit, Math.max(this.start, bearable));
			this.quickEnd = this.limit;
		} else if (this.isSlow(now - attempt.startedAt)) {
			// One of its own, or the first sign: no reason to shrink, but none to grow either.
		} else if (this.growth === 'settled' && this.limit < this.quickUntil) {
			this.grow(attempt, now);
		} else if (this.growth === 'settled' && isDue) {
			this.growth = 'probing';
			this.probeNumber = this.startedCount + 1;
			this.probe(now);
		} else if (this.growth === 'probing' && attempt.number >= this.probeNumber) {
			if (this.isPaced || attempt.inFlight >= this.maxInFlight) this.growth = 'growing';
		} else if (this.growth === 'growing') {
			this.grow(attempt, now);
		}
	}

	private get isPaced(): boolean {
		return this.intervalMs > 0;
	}

	private probe(now: number): void {
		if (this.isPaced) this.shortenInterval(now);
		else this.limit = Math.min(this.max, this.limit + 1);
	}

	private grow(attempt: Attempt, now: number): void {
		if (this.isPaced && attempt.inFlight < this.maxInFlight) this.shortenInterval(now);
		else if (Math.max(attempt.inFlight, this.inFlight + 1) * 2 >= this.maxInFlight) {
			const step =
				this.limit < this.quickEnd
					? Math.min(QUICK_STEP, this.quickEnd - this.limit)
					: SLOW_STEP / this.limit;
			this.limit = Math.min(this.max, this.limit + step);
		}
	}

	private shortenInterval(now: number): void {
		if (this.growth === 'growing') {
			if (now < this.intervalChangedAt + this.spanMs) return;
			this.intervalStep = Math.max(0.5, this.intervalStep ** 2);
		} else this.intervalStep = INTERVAL_STEP;
		this.intervalChangedAt = now;
		this.provenIntervalMs = this.intervalMs;
		this.intervalMs *= this.intervalStep;
		if (this.intervalMs < MIN_INTERVAL_MS) this.intervalMs = 0;
	}
}
