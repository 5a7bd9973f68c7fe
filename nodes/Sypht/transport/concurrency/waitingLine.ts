import { CancelledError, throwIfCancelled } from '../cancellation';

interface Waiter<T> {
	weight: number;
	signal?: AbortSignal;
	admit: (turn: T) => void;
	reject: (error: CancelledError) => void;
}

/** Callers that wait to be admitted, in order. */
export class WaitingLine<T = void> {
	private waiters: Array<Waiter<T>> = [];

	private readonly watchedSignals = new WeakSet<AbortSignal>();

	get length(): number {
		return this.waiters.length;
	}

	/** The weight of the caller whose turn it is next; undefined when nobody waits. */
	get nextWeight(): number | undefined {
		return this.waiters[0]?.weight;
	}

	/**
	 * Waits to be admitted.
	 *
	 * @returns what the caller is admitted with
	 */
	async join(signal?: AbortSignal, weight = 1): Promise<T> {
		throwIfCancelled(signal);
		if (signal) this.watch(signal);
		return await new Promise<T>((admit, reject) => {
			this.waiters.push({ weight, signal, admit, reject });
		});
	}

	admitNext(turn: T): void {
		this.waiters.shift()?.admit(turn);
	}

	/** Listens once per signal: all documents of a run share one, and listeners are slow to add. */
	private watch(signal: AbortSignal): void {
		if (this.watchedSignals.has(signal)) return;
		this.watchedSignals.add(signal);
		signal.addEventListener('abort', () => this.rejectCancelled(signal), { once: true });
	}

	private rejectCancelled(signal: AbortSignal): void {
		const cancelled = this.waiters.filter((waiter) => waiter.signal === signal);
		this.waiters = this.waiters.filter((waiter) => waiter.signal !== signal);
		for (const { reject } of cancelled) reject(new CancelledError());
	}
}
