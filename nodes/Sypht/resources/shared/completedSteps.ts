import type { IExecuteData, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { isMaybeAccepted } from '../../transport/errors';

/**
 * Takes a step, or returns what it returned before. One that failed is taken again, unless Sypht may have
 * accepted its request.
 *
 * @param name the same each time, and of no other step
 */
export type Once = <T>(name: string, take: () => Promise<T>) => Promise<T>;

/** n8n passes the same key to each attempt. */
const runs = new WeakMap<IExecuteData, { firstItem?: INodeExecutionData; once: Once }>();

/**
 * Remembers the steps that are taken once, however often n8n runs the node again (Retry On Fail): it then
 * starts over with all items, including those that succeeded.
 */
export function rememberSteps(context: IExecuteFunctions): Once {
	if (!context.getNode().retryOnFail) return startRemembering();
	const key = context.getExecuteData();
	const [firstItem] = context.getInputData();
	const known = runs.get(key);
	// An agent's calls of a tool may all have the key of the agent; their items differ.
	if (known && known.firstItem === firstItem) return known.once;
	const once = startRemembering();
	runs.set(key, { firstItem, once });
	return once;
}

function startRemembering(): Once {
	const taken = new Map<string, Promise<unknown>>();
	return async <T>(name: string, take: () => Promise<T>): Promise<T> => {
		const earlier = taken.get(name) as Promise<T> | undefined;
		if (earlier) return await earlier;
		const step = take();
		taken.set(name, step);
		return await step.catch((error) => {
			if (!isMaybeAccepted(error)) taken.delete(name);
			return Promise.reject(error as Error);
		});
	};
}
