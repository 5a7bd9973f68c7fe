/** So that jitter in the network does not bring two starts too close together. */
const MARGIN = 1.03;
/** The first step towards a faster pace; each further one is the square of the one before it. */
const FIRST_STEP = 0.95;
const LARGEST_STEP = 0.5;
const NEGLIGIBLE_MS = 1;

/** The time between the starts of two uploads, for a service that limits their rate. */
export class StartPace {
	/** 0 as long as the service has not shown that it limits the rate. */
	intervalMs = 0;

	private provenMs = 0;

	private step = FIRST_STEP;

	private changedAt = 0;

	/** How long a pace must hold before a faster one is tried: the service may count over this time. */
	private spanMs = 0;

	/**
	 * Starts no faster than the service accepted uploads until it refused one.
	 *
	 * @param retryAfterMs 0 when the service does not say how long to wait
	 */
	slowDownTo(accepted: number, elapsedMs: number, retryAfterMs: number): void {
		this.spanMs = retryAfterMs;
		const countedMs = Math.max(elapsedMs, retryAfterMs);
		this.intervalMs = this.provenMs = (countedMs / Math.max(1, accepted)) * MARGIN;
	}

	tryFaster(now: number): void {
		this.step = FIRST_STEP;
		this.shorten(now);
	}

	/** Moves to an even faster pace once the current one has held. */
	speedUp(now: number): void {
		if (now < this.changedAt + this.spanMs) return;
		this.step = Math.max(LARGEST_STEP, this.step ** 2);
		this.shorten(now);
	}

	/** Returns to the pace before the latest that was tried. */
	revert(): void {
		this.intervalMs = this.provenMs;
	}

	private shorten(now: number): void {
		this.changedAt = now;
		this.provenMs = this.intervalMs;
		this.intervalMs *= this.step;
		if (this.intervalMs < NEGLIGIBLE_MS) this.intervalMs = 0;
	}
}
