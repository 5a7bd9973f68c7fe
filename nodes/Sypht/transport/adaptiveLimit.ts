import {
	AdaptiveConcurrency,
	type AdaptiveConcurrencyOptions,
	type Attempt,
} from './adaptiveConcurrency';
import { pause } from './cancellation';
import { WaitingLine } from './concurrency/waitingLine';

/** A task's place among those that run. */
export interface Turn {
	/** The service accepted the request. */
	accepted(): void;
	/** The service did not accept the request, because it is busy. */
	refused(retryAfterMs: number | undefined): void;
	/** No answer came in time. */
	timedOut(): void;
	/**
	 * Gives the place back and waits for another one, as long as the service asks to at least.
	 *
	 * @param signal ends the wait instead of the one that the turn was waited for with
	 */
	renew(signal?: AbortSignal): Promise<void>;
	/** Since when the service has refused everything, in ms since 1970; now if it has not. */
	refusingSince(): number;
	leave(): void;
}

/** @param concurrency how many tasks run at once; 0 to find out what the service accepts */
export function createLimit(concurrency: number): AdaptiveLimit {
	return new AdaptiveLimit(concurrency > 0 ? { start: concurrency, max: concurrency } : {});
}

/**
 * Lets as many tasks run at once as the service turns out to accept, and starts none while it asks
 * to wait. What one task learns holds for all of them.
 */
export class AdaptiveLimit {
	private readonly policy: AdaptiveConcurrency;

	private readonly line = new WaitingLine<Attempt>();

	/** Ends the wait for the moment at which the next task may start. */
	private alarm?: AbortController;

	constructor(options?: AdaptiveConcurrencyOptions) {
		this.policy = new AdaptiveConcurrency(options);
	}

	get max(): number {
		return this.policy.max;
	}

	get pendingCount(): number {
		return this.line.length;
	}

	/** @throws CancelledError when the signal is raised before the task gets its turn */
	async run<T>(task: (turn: Turn) => Promise<T>, signal?: AbortSignal): Promise<T> {
		const turn = await this.enter(signal);
		try {
			return await task(turn);
		} finally {
			turn.leave();
		}
	}

	/** Waits for a turn. Whoever gets one must `leave` it. */
	async enter(signal?: AbortSignal): Promise<Turn> {
		let attempt: Attempt | undefined = await this.join(signal);
		const report = (tell: (attempt: Attempt) => void) => {
			if (attempt) tell(attempt);
			attempt = undefined;
		};
		const leave = () => {
			report(() => this.policy.end());
			this.admit();
		};
		return {
			accepted: () => report((ended) => this.policy.accept(ended, Date.now())),
			refused: (retryAfterMs) =>
				report((ended) => this.policy.refuse(ended, Date.now(), retryAfterMs)),
			timedOut: () => report((ended) => this.policy.timeOut(ended, Date.now())),
			refusingSince: () => this.policy.refusingSince ?? Date.now(),
			renew: async (newSignal = signal) => {
				leave();
				attempt = await this.join(newSignal);
			},
			leave,
		};
	}

	private async join(signal: AbortSignal | undefined): Promise<Attempt> {
		const admitted = this.line.join(signal);
		this.admit();
		return await admitted.finally(() => {
			if (this.line.length === 0) this.alarm?.abort();
		});
	}

	private admit(): void {
		while (this.line.length > 0 && this.policy.hasRoom) {
			const now = Date.now();
			const waitMs = this.policy.mayStartAt - now;
			if (waitMs > 0) return this.setAlarm(waitMs);
			this.line.admitNext(this.policy.begin(now));
		}
	}

	private setAlarm(waitMs: number): void {
		if (this.alarm) return;
		const alarm = new AbortController();
		this.alarm = alarm;
		void pause(waitMs, alarm.signal)
			.catch(() => {})
			.then(() => {
				this.alarm = undefined;
				this.admit();
			});
	}
}
