import { setImmediate as untilIdle } from 'node:timers/promises';

/** A clock that jumps from one event to the next, so that minutes pass in milliseconds. */
export class VirtualTime {
	now = 1_000_000;

	private readonly events: Array<{ at: number; happen: () => void }> = [];

	/** Waits without a real timer; an abort ends the wait at once. */
	async sleep(ms: number, signal?: AbortSignal): Promise<void> {
		await new Promise<void>((resolve, reject) => {
			const event = { at: this.now + Math.max(0, ms), happen: resolve };
			this.insert(event);
			signal?.addEventListener('abort', () => {
				const index = this.events.indexOf(event);
				if (index >= 0) this.events.splice(index, 1);
				reject(new Error('aborted'));
			});
		});
	}

	/** Lets time pass until the work is done. */
	async run<T>(work: Promise<T>): Promise<T> {
		let isDone = false;
		const end = () => (isDone = true);
		work.then(end, end);
		for (;;) {
			await untilIdle();
			if (isDone) return await work;
			const next = this.events.shift();
			if (!next) throw new Error('Nothing is left to happen, but the work is not done');
			this.now = next.at;
			next.happen();
		}
	}

	/** Events at the same time happen in the order in which they were planned. */
	private insert(event: { at: number; happen: () => void }): void {
		let low = 0;
		let high = this.events.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			if (this.events[middle].at <= event.at) low = middle + 1;
			else high = middle;
		}
		this.events.splice(low, 0, event);
	}
}

/** Random numbers that are the same in each run (a linear congruential generator). */
export function seededRandom(seed = 1): () => number {
	let state = seed;
	return () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return state / 2 ** 32;
	};
}
