import { OperationalError, sleep, type IExecuteFunctions, type IPollFunctions } from 'n8n-workflow';

/** The work was ended from outside: Stop in n8n, or another item that failed. */
export class CancelledError extends OperationalError {
	constructor() {
		super('The execution was stopped');
		this.name = 'CancelledError';
	}
}

/** The signal of Stop in n8n; undefined where nothing can be stopped, as in a poll. */
export function getStopSignal(
	context: IExecuteFunctions | IPollFunctions,
): AbortSignal | undefined {
	return 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
}

/** @throws CancelledError when the signal has been raised */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
	if (signal?.aborted) throw new CancelledError();
}

/**
 * Waits for the promise, or throws a CancelledError at once when the signal is raised. The underlying
 * work then continues unobserved.
 */
export async function orCancelled<T>(
	promise: Promise<T>,
	signal: AbortSignal | undefined,
): Promise<T> {
	if (!signal) return await promise;
	throwIfCancelled(signal);
	return await new Promise<T>((resolve, reject) => {
		const cancel = () => reject(new CancelledError());
		signal.addEventListener('abort', cancel);
		promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', cancel));
	});
}

/** Waits, or throws a CancelledError at once when the signal is raised. */
export async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
	// Before n8n-workflow 2.34 `sleep` ignores its signal, hence the race; after it, it clears its timer.
	const pausing = sleep(ms, signal).catch(() => {});
	await orCancelled(pausing, signal);
}
