/** Means are over about this many of the latest uploads. */
const MEAN_OF = 10;

/** How much longer uploads take than at their fastest, which shows how busy a service is. */
export class Slowdown {
	/** How many uploads were in flight when those in the mean started. */
	meanInFlight = 0;

	private count = 0;

	private meanMs = 0;

	/** A single short upload says little, since files differ in size: the lowest mean is the measure. */
	private bestMs = Infinity;

	learn(durationMs: number, inFlight: number): void {
		this.count++;
		const weight = 1 / Math.min(this.count, MEAN_OF);
		this.meanMs += (durationMs - this.meanMs) * weight;
		this.meanInFlight += (inFlight - this.meanInFlight) * weight;
		if (this.count >= MEAN_OF) this.bestMs = Math.min(this.bestMs, this.meanMs);
	}

	/** 1 while uploads are as fast as ever, or too few have ended. */
	get mean(): number {
		return this.of(this.meanMs);
	}

	of(durationMs: number): number {
		// With a best time of zero, as in tests without a network, nothing can be compared.
		return this.bestMs > 0 ? Math.max(1, durationMs / this.bestMs) : 1;
	}
}
