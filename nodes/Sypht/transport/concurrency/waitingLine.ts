import { CancelledError, throwIfCancelled } from '../cancellation';

interface Waiter<T> {
	weight: number;
	signal?: AbortSignal;
	admit: (turn: T) => void;
	reject: (error: CancelledError) => void;
	next?: Waiter<T>;
}

/**
 * Callers that wait to be admitted, in order. A linked list, because `shift` on an array of 10,000
 * takes time in proportion to its length.
 */
export class WaitingLine<T = void> {
	length = 0;

	private first?: Waiter<T>;

	private last?: Waiter<T>;

	private readonly watchedSignals = new WeakSet<AbortSignal>();

	/** The weight of the caller whose turn it is next; undefined when nobody waits. */
	get nextWeight(): number | undefined {
		return this.first?.weight;
	}

	/**
	 * Waits to be admitted.
	 *
	 * @returns what the caller is admitted with
	 * @throws CancelledError when the signal is raised first
	 */
	async join(signal?: AbortSignal, weight = 1): Promise<T> {
		throwIfCancelled(signal);
		if (signal) this.watch(signal);
		return await new Promise<T>((resolve, reject) => {
			this.append({ weight, signal, admit: resolve, reject });
		});
	}

	admitNext(turn: T): void {
		const { first } = this;
		if (!first) return;
		this.first = first.next;
		if (!this.first) this.last = undefined;
		this.length--;
		first.admit(turn);
	}

	private append(waiter: Waiter<T>): void {
		if (this.last) this.last.next = waiter;
		else this.first = waiter;
		this.last = waiter;
		this.length++;
	}

	/** Listens once per signal: all documents of a run share one, and listeners are slow to add. */
	private watch(signal: AbortSignal): void {
		if (this.watchedSignals.has(signal)) return;
		this.watchedSignals.add(signal);
		signal.addEventListener('abort', () => this.rejectCancelled(), { once: true });
	}

	private rejectCancelled(): void {
		let waiter = this.first;
		this.first = this.last = undefined;
		this.length = 0;
		while (waiter) {
			const { next } = waiter;
			waiter.next = undefined;
			if (waiter.signal?.aborted) waiter.reject(new CancelledError());
			else this.append(waiter);
			waiter = next;
		}
	}
}
