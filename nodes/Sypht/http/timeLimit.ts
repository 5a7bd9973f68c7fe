/**
 * Runs a task with a signal that is raised by another one, or when the time is up. Both are listened
 * to: the signal of `AbortSignal.any` does not keep one of `AbortSignal.timeout` from being collected.
 *
 * @param ms counted from now
 */
export async function withTimeLimit<T>(
	ms: number,
	signal: AbortSignal | undefined,
	task: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
	const ending = new AbortController();
	const end = () => ending.abort();
	const sources = [AbortSignal.timeout(ms), ...(signal ? [signal] : [])];
	for (const source of sources) source.addEventListener('abort', end);
	if (signal?.aborted) end();
	try {
		return await task(ending.signal);
	} finally {
		for (const source of sources) source.removeEventListener('abort', end);
	}
}
