import type { AdaptiveLimit, Turn } from '../transport/adaptiveLimit';
import { CancelledError } from '../transport/cancellation';

interface TurnOptions {
	limit: AdaptiveLimit;
	/** In ms since 1970. */
	deadline: number;
	/** Whether there is still a reason to start. */
	mayContinue?: () => boolean;
}

/** Runs a task for each item in order, as many at once as Sypht accepts, until the deadline. */
export async function takeTurns<T>(
	items: T[],
	{ limit, deadline, mayContinue = () => true }: TurnOptions,
	task: (item: T, turn: Turn) => Promise<void>,
): Promise<void> {
	const signal = AbortSignal.timeout(Math.max(0, Math.floor(deadline - Date.now())));
	let next = 0;
	const hasWork = () => next < items.length && Date.now() <= deadline && mayContinue();
	const work = async () => {
		while (hasWork()) {
			await limit.run(async (turn) => {
				// While it waited, others may have left nothing to do.
				if (hasWork()) await task(items[next++], turn);
			}, signal);
		}
	};
	const workUntilDeadline = async () =>
		await work().catch((error) =>
			error instanceof CancelledError ? undefined : Promise.reject(error as Error),
		);
	await Promise.all(Array.from({ length: Math.min(items.length, limit.max) }, workUntilDeadline));
}
