const SHORTEST_MS = 100;
const FACTOR = 1000;

/**
 * Shortens all time limits that begin while the task runs, and keeps their order.
 *
 * @param onReached is called with the original limit, in ms, when the shortened one is reached
 */
export async function withShortTimeLimits<T>(
	task: () => Promise<T>,
	onReached: (ms: number) => void = () => {},
): Promise<T> {
	const { timeout } = AbortSignal;
	const limit = jest.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
		const signal = timeout(Math.max(SHORTEST_MS, Math.ceil(ms / FACTOR)));
		signal.addEventListener('abort', () => onReached(ms));
		return signal;
	});
	try {
		return await task();
	} finally {
		limit.mockRestore();
	}
}
