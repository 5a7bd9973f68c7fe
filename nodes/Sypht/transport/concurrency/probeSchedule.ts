const MIN_SUCCESSES = 10;
const MIN_WAIT_MS = 1_000;
const MAX_WAIT_MS = 120_000;
/** A failed probe costs the pause that the service asks for, and must not cost much of the time. */
const MIN_WAIT_PAUSES = 4;

/** When to try again, after a refusal, whether the service accepts more. */
export class ProbeSchedule {
	private waitMs = 0;

	private dueAt = 0;

	private successes = 0;

	countSuccess(): void {
		this.successes++;
	}

	isDue(now: number): boolean {
		return now >= this.dueAt && this.successes >= MIN_SUCCESSES;
	}

	/** @param pauseMs the pause that a failed probe costs */
	planFirst(from: number, pauseMs: number): void {
		this.plan(from, Math.max(MIN_WAIT_MS, pauseMs * MIN_WAIT_PAUSES));
	}

	/** After a probe that gained nothing. */
	planLater(from: number): void {
		this.plan(from, this.waitMs * 2);
	}

	/** After a refusal that no probe caused. */
	postpone(from: number): void {
		this.plan(from, this.waitMs);
	}

	private plan(from: number, waitMs: number): void {
		this.waitMs = Math.min(MAX_WAIT_MS, waitMs);
		this.dueAt = from + this.waitMs;
		this.successes = 0;
	}
}
