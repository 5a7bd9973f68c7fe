import { Slowdown } from './slowdown';

/** An upload accepted in good time while others were in flight makes room for three times as many. */
const QUICK_GROWTH = 3;
/** The most that one upload adds, since a single fast one may be luck. */
const QUICK_GROWTH_STEP = 10;
const QUICK_GROWTH_END = 64;
/** Beyond that, this many more per round trip. */
const SLOW_GROWTH = 4;

const TOLERATED_SLOWDOWN = 2;
/** Beyond quick growth, more in flight must cost next to nothing. */
const TOLERATED_SLOWDOWN_BEYOND = 1.1;

/** How many uploads may be in flight: grows while they take no longer, and shrinks when they do. */
export class InFlightLimit {
	private value: number;

	private quickGrowthEnd = QUICK_GROWTH_END;

	private readonly slowdown = new Slowdown();

	private readonly start: number;

	private readonly max: number;

	constructor(start: number, max: number) {
		this.start = start;
		this.max = max;
		this.value = start;
	}

	get current(): number {
		return Math.floor(this.value);
	}

	learn(durationMs: number, inFlight: number): void {
		this.slowdown.learn(durationMs, inFlight);
	}

	get isTooHigh(): boolean {
		return this.isTooSlow(this.slowdown.mean);
	}

	/** @param inFlight how many were in flight when the upload started that was accepted now */
	grow(inFlight: number, durationMs: number): void {
		const slowdown = this.slowdown.of(durationMs);
		// The exponent makes growth end where uploads take twice as long.
		const target = Math.min(this.quickGrowthEnd, (QUICK_GROWTH * inFlight) / slowdown ** 1.5);
		const isFull = inFlight + SLOW_GROWTH >= this.value;
		if (target > this.value) {
			this.set(Math.min(target, this.value + QUICK_GROWTH_STEP));
		} else if (this.value >= this.quickGrowthEnd && isFull && !this.isTooSlow(slowdown)) {
			this.set(this.value + SLOW_GROWTH / this.value);
		}
	}

	growByOne(): void {
		this.set(this.value + 1);
	}

	/** Lets growth be quick again, up to a number at which it becomes careful. */
	growQuickly(end = QUICK_GROWTH_END): void {
		this.quickGrowthEnd = end;
	}

	/** Never below the start: durations also differ for other reasons, above all with file sizes. */
	shrink(): void {
		const { meanInFlight, mean } = this.slowdown;
		const bearable = (meanInFlight * TOLERATED_SLOWDOWN) / mean;
		this.atMost(Math.max(this.start, bearable));
		this.quickGrowthEnd = Math.min(this.quickGrowthEnd, this.value);
	}

	halve(): void {
		this.set(this.value / 2);
	}

	atMost(limit: number): void {
		this.set(Math.min(this.value, limit));
	}

	private set(value: number): void {
		this.value = Math.min(this.max, Math.max(1, value));
	}

	private isTooSlow(slowdown: number): boolean {
		const isBeyond = this.value >= QUICK_GROWTH_END;
		return slowdown > (isBeyond ? TOLERATED_SLOWDOWN_BEYOND : TOLERATED_SLOWDOWN);
	}
}
