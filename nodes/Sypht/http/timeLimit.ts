/**
 * Runs a task with a signal that is aborted by another signal, or when the time is up. It listens to
 * both: `AbortSignal.any` does not keep a signal of `AbortSignal.timeout` from being collected.
 *
 * @param ms counted from now
 */
export async function withTimeLimit<T>(
	ms: number,
	signal: AbortSignal | undefined,
	task: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
	const controller = new AbortController();
	const abort = () => controller.abort();
	const sources = [AbortSignal.timeout(ms), ...(signal ? [signal] : [])];
	for (const source of sources) source.addEventListener('abort', abort);
	if (signal?.aborted) abort();
	try {
		return await task(controller.signal);
	} finally {
		for (const source of sources) source.removeEventListener('abort', abort);
	}
}
