import { throwIfCancelled } from './cancellation';
import { WaitingLine } from './concurrency/waitingLine';

/**
 * Lets a fixed number of tasks run at once; the others wait for their turn in order. A task may
 * weigh more than 1: with bytes as weights, `max` is a budget of bytes.
 */
export class ConcurrencyLimit {
	readonly max: number;

	private running = 0;

	private readonly line = new WaitingLine();

	constructor(max: number) {
		this.max = max;
	}

	get pendingCount(): number {
		return this.line.length;
	}

	/** @throws CancelledError when the signal is raised before the task gets its turn */
	async run<T>(task: () => Promise<T>, signal?: AbortSignal, weight = 1): Promise<T> {
		await this.enter(signal, weight);
		try {
			return await task();
		} finally {
			this.leave(weight);
		}
	}

	/** Waits for a turn. Whoever gets one must `leave` with the same weight. */
	async enter(signal?: AbortSignal, weight = 1): Promise<void> {
		throwIfCancelled(signal);
		if (this.line.length === 0 && this.hasRoomFor(weight)) {
			this.running += weight;
		} else {
			// Whoever admits it adds its weight, so that nobody else takes the room in the meantime.
			await this.line.join(signal, weight);
		}
	}

	leave(weight = 1): void {
		this.running -= weight;
		for (;;) {
			const { nextWeight } = this.line;
			if (nextWeight === undefined || !this.hasRoomFor(nextWeight)) return;
			this.running += nextWeight;
			this.line.admitNext(undefined);
		}
	}

	/** A task heavier than the whole budget runs alone. */
	private hasRoomFor(weight: number): boolean {
		return this.running === 0 || this.running + weight <= this.max;
	}
}
