import { randomUUID } from 'node:crypto';
import type { IPollFunctions, IRun } from 'n8n-workflow';
import { setRecent } from '../http/recent';
import type { EmissionStatus } from './model';

const PROCESS_ID = randomUUID().slice(0, 8);

/** What n8n did with the emissions of this process, by their ids. */
const statuses = new Map<string, EmissionStatus>();
let count = 0;

const originals = new WeakMap<IPollFunctions, IPollFunctions['__emit']>();

/**
 * Follows what n8n does with the items that this poll is about to return. n8n passes them to
 * `__emit` of the context, which can report on the execution: a rejected promise, or one resolved
 * without a run, means that it was not stored. Before n8n 2.38 nothing is reported, and a rejection
 * cannot be awaited safely.
 *
 * @returns the id of the emission
 */
export function watchEmission(context: IPollFunctions): string {
	const emission = `${PROCESS_ID}-${++count}`;
	setRecent(statuses, emission, 'pending');
	if (context.getPollBudgetMs === undefined) return emission;

	const emit = originals.get(context) ?? context.__emit;
	originals.set(context, emit);
	context.__emit = (data, responsePromise, donePromise) => {
		if (donePromise) return emit.call(context, data, responsePromise, donePromise);
		const done = context.helpers.createDeferredPromise<IRun | undefined>();
		done.promise.then(
			(run) => setRecent(statuses, emission, run ? 'stored' : 'lost'),
			(error) => setRecent(statuses, emission, isOfExecution(error) ? 'stored' : 'lost'),
		);
		return emit.call(context, data, responsePromise, done);
	};
	return emission;
}

/** What n8n did with an emission, as far as this process knows. */
export function getEmissionStatus(emission: string): EmissionStatus {
	const isOwn = emission.startsWith(`${PROCESS_ID}-`);
	return statuses.get(emission) ?? (isOwn ? 'pending' : 'unknown');
}

/** Once an execution has an id it is stored, whatever ended it, such as a person or a time limit. */
function isOfExecution(error: unknown): boolean {
	const { extra } = (error ?? {}) as { extra?: { executionId?: unknown } };
	return extra?.executionId !== undefined;
}
