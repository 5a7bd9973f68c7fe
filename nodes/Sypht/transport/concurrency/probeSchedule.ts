const MIN_SUCCESSES = 10;
const MIN_WAIT_MS = 1_000;
const MAX_WAIT_MS = 120_000;
/** A failed probe costs the pause that the service asks for: at most a ninth of the time. */
const MIN_WAIT_PAUSES = 8;
/** How much more is a gain. */
const GAIN = 1.2;

/** When to try again, after a refusal, whether the service accepts more. */
export class ProbeSchedule {
	private waitMs = 0;

	private dueAt = 0;

	private successes = 0;

	/** What had been reached at the latest refusal. */
	private reached = { limit: 0, intervalMs: 0 };

	countSuccess(): void {
		this.successes++;
	}

	isDue(now: number): boolean {
		return now >= this.dueAt && this.successes >= MIN_SUCCESSES;
	}

	/**
	 * Plans the next probe after a refusal: soon if the latest one gained something, and ever later as
	 * long as probes gain nothing.
	 *
	 * @param refusal the pause that it costs, what had been reached, and whether a probe caused it
	 */
	plan(
		from: number,
		refusal: { pauseMs: number; limit: number; intervalMs: number; isOfProbe: boolean },
	): void {
		const { pauseMs, limit, intervalMs, isOfProbe } = refusal;
		const hasGained =
			limit > this.reached.limit * GAIN || intervalMs < this.reached.intervalMs / GAIN;
		if (hasGained) this.waitMs = Math.max(MIN_WAIT_MS, pauseMs * MIN_WAIT_PAUSES);
		else if (isOfProbe) this.waitMs *= 2;
		this.waitMs = Math.min(MAX_WAIT_MS, this.waitMs);
		this.dueAt = from + this.waitMs;
		this.successes = 0;
		this.reached = { limit, intervalMs };
	}
}
