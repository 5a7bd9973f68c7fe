const SHORTEST_MS = 100;
const FACTOR = 1000;

/** Shortens all time limits that begin while the task runs, and keeps their order. */
export async function withShortTimeLimits<T>(task: () => Promise<T>): Promise<T> {
	const { timeout } = AbortSignal;
	const limit = jest
		.spyOn(AbortSignal, 'timeout')
		.mockImplementation((ms) => timeout(Math.max(SHORTEST_MS, Math.ceil(ms / FACTOR))));
	try {
		return await task();
	} finally {
		limit.mockRestore();
	}
}
