/** Lets a bounded number of tasks run at once; the others wait for their turn in order. */
export class Limit {
	readonly max: number;

	private running = 0;

	private readonly waiting: Array<() => void> = [];

	constructor(max: number) {
		this.max = max;
	}

	/** Whether tasks are waiting for their turn. */
	get isCrowded(): boolean {
		return this.waiting.length > 0;
	}

	async run<T>(task: () => Promise<T>): Promise<T> {
		await this.enter();
		try {
			return await task();
		} finally {
			this.leave();
		}
	}

	/** Waits for a turn. Whoever got it must `leave`. */
	async enter(): Promise<void> {
		if (this.running < this.max) this.running++;
		else await new Promise<void>((resolve) => this.waiting.push(resolve));
	}

	leave(): void {
		const next = this.waiting.shift();
		if (next) next();
		else this.running--;
	}
}
