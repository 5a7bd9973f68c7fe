import type { AdaptiveLimit, Turn } from '../transport/adaptiveLimit';
import { CancelledError } from '../transport/cancellation';

/**
 * Runs a task for each item in order, as many at once as Sypht accepts, until the deadline.
 *
 * @param mayContinue whether there is anything left to start for
 */
export async function takeTurns<T>(
	items: T[],
	{ limit, deadline, mayContinue = () => true }: TurnOptions,
	task: (item: T, turn: Turn) => Promise<void>,
): Promise<void> {
	const signal = AbortSignal.timeout(Math.max(0, deadline - Date.now()));
	let next = 0;
	const hasWork = () => next < items.length && Date.now() <= deadline && mayContinue();
	const work = async () => {
		while (hasWork()) {
			// Until it is its turn, others may have left nothing to do.
			await limit.run(async (turn) => hasWork() && (await task(items[next++], turn)), signal);
		}
	};
	const workers = Array.from({ length: Math.min(items.length, limit.max) }, work);
	await Promise.all(
		workers.map(
			async (worker) =>
				await worker.catch((error) =>
					error instanceof CancelledError ? undefined : Promise.reject(error as Error),
				),
		),
	);
}

interface TurnOptions {
	limit: AdaptiveLimit;
	/** In ms since 1970. */
	deadline: number;
	mayContinue?: () => boolean;
}
