const SHORT_MS = 300;

/** Lets all limits of time that begin while the task runs end soon, though they are minutes. */
export async function withShortTimeLimits<T>(task: () => Promise<T>): Promise<T> {
	const { timeout } = AbortSignal;
	const limit = jest.spyOn(AbortSignal, 'timeout').mockImplementation(() => timeout(SHORT_MS));
	try {
		return await task();
	} finally {
		limit.mockRestore();
	}
}
