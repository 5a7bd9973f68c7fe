import type { IExecuteData, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { mayHaveBeenTaken } from '../../transport/errors';

/** The steps that were taken, or begun, by their names. */
type Steps = Map<string, Promise<unknown>>;

/** What a run of a node that n8n tries again has come to. n8n keeps the key from try to try. */
const runs = new WeakMap<IExecuteData, { firstItem?: INodeExecutionData; steps: Steps }>();

/**
 * The steps of a node's run that are taken once, however often n8n tries it (Retry On Fail): it begins
 * anew with all items, those that went through included.
 */
export class Tries {
	private readonly steps: Steps;

	constructor(context: IExecuteFunctions) {
		this.steps = context.getNode().retryOnFail ? recallSteps(context) : new Map();
	}

	/**
	 * Takes a step, or gives what it gave in an earlier try. One that failed is taken again, unless the
	 * service may have taken it all the same.
	 *
	 * @param name the same in each try, and of no other step
	 */
	async once<T>(name: string, take: () => Promise<T>): Promise<T> {
		const known = this.steps.get(name) as Promise<T> | undefined;
		if (known) return await known;
		const step = take();
		this.steps.set(name, step);
		return await step.catch((error) => {
			if (!mayHaveBeenTaken(error)) this.steps.delete(name);
			return Promise.reject(error as Error);
		});
	}
}

function recallSteps(context: IExecuteFunctions): Steps {
	const key = context.getExecuteData();
	const [firstItem] = context.getInputData();
	const known = runs.get(key);
	// An agent's calls of a tool may all have the key of the agent; their items are not the same.
	if (known && known.firstItem === firstItem) return known.steps;
	const steps: Steps = new Map();
	runs.set(key, { firstItem, steps });
	return steps;
}
