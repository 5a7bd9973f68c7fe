import { InFlightLimit } from './concurrency/inFlightLimit';
import { ProbeSchedule } from './concurrency/probeSchedule';
import { StartPace } from './concurrency/startPace';

/** An upload that was sent, for the first time or again. */
export interface Attempt {
	number: number;
	/** In ms since 1970, as all times here. */
	startedAt: number;
	/** How many uploads were in flight when it started, itself included. */
	inFlight: number;
}

export interface AdaptiveConcurrencyOptions {
	/** How many uploads may be in flight until something is known. */
	start?: number;
	max?: number;
	/** For the jitter of pauses. */
	random?: () => number;
}

/** What the service refuses: this number at once, this rate, or the pace that was just tried. */
type Cause = 'number' | 'rate' | 'fasterPace';

const START = 10;
const MAX = 100;
const FIRST_BACKOFF_MS = 250;
const MAX_BACKOFF_MS = 5_000;
/** When a service asks for a longer pause, the others do not wait: each upload gets its refusal. */
export const MAX_SHARED_PAUSE_MS = 120_000;

/**
 * Finds out how many uploads a service accepts, from how each of them ends. It neither waits nor
 * has a clock: it says how many may be in flight and when the next may start.
 *
 * Growth is TCP's slow start, bounded by a gradient of durations as in Netflix's concurrency-limits.
 * A refusal keeps what the service is busy with, since halving (AIMD) would idle a service that allows
 * 8; if the rate is refused instead of the number, starts are paced, as in the AWS SDKs' adaptive mode.
 */
export class AdaptiveConcurrency {
	readonly max: number;

	/** Since when the service has refused everything; undefined when it has not. */
	refusingSince?: number;

	private readonly random: () => number;

	private readonly limit: InFlightLimit;

	private readonly pace = new StartPace();

	private readonly probes = new ProbeSchedule();

	private phase: 'growing' | 'settled' | 'probing' = 'growing';

	private inFlight = 0;

	private startedCount = 0;

	private lastStartedAt = -Infinity;

	private pausedUntil = -Infinity;

	/** When the first upload started after the latest pause. */
	private resumedAt = -Infinity;

	private acceptedSinceResume = 0;

	/** The most that were in flight when an upload started that the service accepted. */
	private provenInFlight = 0;

	/** Attempts up to this number started before the latest refusal was known, and are no news. */
	private lastOfBurst = 0;

	private limitBeforeBurst = 0;

	private regrowTo = 0;

	private cause: Cause = 'number';

	private backoffs = 0;

	private firstOfProbe = 0;

	/** Attempts up to this number started before the limit shrank, and do not show its effect. */
	private lastBeforeShrinking = 0;

	constructor({ start = START, max = MAX, random = Math.random }: AdaptiveConcurrencyOptions = {}) {
		this.max = max;
		this.random = random;
		this.limit = new InFlightLimit(start, max);
	}

	get maxInFlight(): number {
		return this.limit.current;
	}

	get hasRoom(): boolean {
		return this.inFlight < this.maxInFlight;
	}

	get mayStartAt(): number {
		return Math.max(this.pausedUntil, this.lastStartedAt + this.pace.intervalMs);
	}

	begin(now: number): Attempt {
		if (this.startedCount === 0 || this.resumedAt < this.pausedUntil) {
			this.resumedAt = now;
			this.acceptedSinceResume = 0;
		}
		this.lastStartedAt = now;
		this.startedCount++;
		this.inFlight++;
		return { number: this.startedCount, startedAt: now, inFlight: this.inFlight };
	}

	/** An attempt ended in a way that says nothing about how busy the service is. */
	end(): void {
		this.inFlight--;
	}

	accept(attempt: Attempt, now: number): void {
		this.inFlight--;
		this.refusingSince = undefined;
		this.backoffs = Math.max(0, this.backoffs - 1);
		this.provenInFlight = Math.max(this.provenInFlight, attempt.inFlight);
		if (attempt.startedAt >= this.resumedAt) this.acceptedSinceResume++;
		this.probes.countSuccess();
		this.limit.learn(now - attempt.startedAt, attempt.inFlight);

		if (this.limit.isTooHigh) this.shrink(attempt);
		else if (this.phase === 'growing') this.grow(attempt, now);
		else if (this.phase === 'probing') this.judgeProbe(attempt);
		else if (this.probes.isDue(now)) this.probe(now);
	}

	/** @param retryAfterMs how long the service asks to wait */
	refuse(attempt: Attempt, now: number, retryAfterMs?: number): void {
		this.inFlight--;
		this.refusingSince ??= attempt.startedAt;
		const asksTooMuch = retryAfterMs !== undefined && retryAfterMs > MAX_SHARED_PAUSE_MS;
		const askedMs = asksTooMuch ? undefined : retryAfterMs;
		const isNews = attempt.number > this.lastOfBurst;
		if (isNews) this.beginBurst(this.findCause(attempt, askedMs));
		const pauseMs = askedMs ?? (isNews && this.inFlight === 0 ? this.backOff() : 0);
		this.pausedUntil = Math.max(this.pausedUntil, now + pauseMs);

		const accepted = this.acceptedSinceResume + this.inFlight;
		const elapsedMs = now - this.resumedAt;
		if (this.cause === 'number') this.keepWhatIsInFlight();
		else if (this.cause === 'rate') this.pace.slowDownTo(accepted, elapsedMs, askedMs ?? 0);
		else this.pace.revert();
		if (isNews) this.settle(now, pauseMs);
		if (this.inFlight > 0) this.regrowTo = 0;
		else if (this.cause === 'number') this.regrow();
	}

	timeOut(attempt: Attempt, now: number): void {
		this.inFlight--;
		if (attempt.number <= this.lastOfBurst) return;
		this.beginBurst('number');
		this.limit.halve();
		this.settle(now, 0);
	}

	private beginBurst(cause: Cause): void {
		this.lastOfBurst = this.startedCount;
		this.limitBeforeBurst = this.maxInFlight;
		this.cause = cause;
	}

	/** With no more in flight than the service accepted before, it must be the rate that it refuses. */
	private findCause({ inFlight }: Attempt, askedMs: number | undefined): Cause {
		const isAlone = this.inFlight === 0 && this.acceptedSinceResume > 0;
		if (inFlight > this.provenInFlight || (askedMs === undefined && !isAlone)) return 'number';
		return this.pace.intervalMs > 0 && this.phase !== 'settled' ? 'fasterPace' : 'rate';
	}

	private keepWhatIsInFlight(): void {
		this.limit.atMost(this.inFlight);
		this.provenInFlight = Math.min(this.provenInFlight, this.maxInFlight);
	}

	/** When nothing is left in flight, that says nothing about how many the service allows. */
	private regrow(): void {
		if (this.limitBeforeBurst > 2) this.regrowTo = this.limitBeforeBurst / 2;
		if (this.regrowTo === 0) return;
		this.phase = 'growing';
		this.limit.growQuickly(this.regrowTo);
	}

	private backOff(): number {
		const ms = Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** this.backoffs);
		this.backoffs++;
		return ms * (0.5 + this.random() / 2);
	}

	private settle(now: number, pauseMs: number): void {
		this.probes.plan(Math.max(now, this.pausedUntil), {
			pauseMs,
			limit: this.maxInFlight,
			intervalMs: this.pace.intervalMs,
			isOfProbe: this.phase !== 'settled',
		});
		this.phase = 'settled';
	}

	private probe(now: number): void {
		this.phase = 'probing';
		this.firstOfProbe = this.startedCount + 1;
		if (this.pace.intervalMs > 0) this.pace.tryFaster(now);
		else this.limit.growByOne();
	}

	/** The probe has succeeded once an upload was accepted that could not have started before. */
	private judgeProbe({ number, inFlight }: Attempt): void {
		if (number < this.firstOfProbe) return;
		if (this.pace.intervalMs === 0 && inFlight < this.maxInFlight) return;
		this.phase = 'growing';
		this.limit.growQuickly();
	}

	private grow({ inFlight, startedAt }: Attempt, now: number): void {
		const isPaced = this.pace.intervalMs > 0 && inFlight < this.maxInFlight;
		if (isPaced) this.pace.speedUp(now);
		else this.limit.grow(inFlight, now - startedAt);
	}

	private shrink({ number }: Attempt): void {
		if (number <= this.lastBeforeShrinking) return;
		this.lastBeforeShrinking = this.startedCount;
		this.limit.shrink();
	}
}
