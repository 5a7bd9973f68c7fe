/** Lets a bounded number of tasks run at once; the others wait for their turn in order. */
export class Limit {
	private running = 0;

	private readonly waiting: Array<() => void> = [];

	private readonly max: number;

	constructor(max: number) {
		this.max = max;
	}

	/** Whether tasks are waiting for their turn. */
	get isCrowded(): boolean {
		return this.waiting.length > 0;
	}

	async run<T>(task: () => Promise<T>): Promise<T> {
		if (this.running < this.max) this.running++;
		else await new Promise<void>((resolve) => this.waiting.push(resolve));
		try {
			return await task();
		} finally {
			const next = this.waiting.shift();
			if (next) next();
			else this.running--;
		}
	}
}
