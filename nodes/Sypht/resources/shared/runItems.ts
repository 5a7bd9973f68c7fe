import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	NodeApiError,
	NodeOperationError,
} from 'n8n-workflow';
import { CancelledError, getStopSignal, throwIfCancelled } from '../../transport/cancellation';
import { mayHaveBeenTaken } from '../../transport/errors';
import { addHints, toErrorItem, toItemError } from './itemErrors';
import { Tries } from './completedSteps';

/** One document on its way. */
export interface DocumentRun {
	itemIndex: number;
	/** What is known of the document so far; it stays in the output when a later step fails. */
	known: IDataObject;
	/** The ids of all documents that Sypht took in this execution of the node. */
	uploadedIds: string[];
	/** Raised on Stop, and when another document failed and the node is to end. */
	signal: AbortSignal;
	/**
	 * Takes a step of this document that must not be taken twice: when n8n runs the node again because
	 * it failed (Retry On Fail), the step gives what it gave then. Its failure ends the run at once where
	 * the node does not continue.
	 */
	once<T>(step: string, take: () => Promise<T>): Promise<T>;
	/**
	 * Makes the error item of a part of the document, so that the other parts go on. Where the node
	 * does not continue on failures, it throws the error again.
	 */
	toPartError(thrown: unknown, known: IDataObject): OutputItem;
}

/** An output item; it is paired with its input item unless it says otherwise. */
export type OutputItem = Pick<INodeExecutionData, 'json' | 'binary' | 'pairedItem'>;

/** Is told how the documents of a run come along. */
export interface RunObserver {
	/** @param total documents, those among them whose parameters are wrong */
	onPlanned(total: number): void;
	onFailed(): void;
}

/** `id` is the same when n8n runs the node again. */
type Planned<T> = { id: string; itemIndex: number } & ({ plan: T } | { error: unknown });

/** Runs documents as `runItems` does, each of which gives out data without files. */
export async function runDocuments<T>(
	context: IExecuteFunctions,
	planItem: (itemIndex: number) => T[],
	work: (plan: T, run: DocumentRun) => Promise<IDataObject[]>,
	observer?: RunObserver,
): Promise<INodeExecutionData[]> {
	const toItems = async (plan: T, run: DocumentRun) =>
		(await work(plan, run)).map((json) => ({ json }));
	return await runItems(context, planItem, toItems, observer);
}

/**
 * Runs all documents of all items at once; what may run at the same time is for `work` to bound.
 * The output is in the order of the input, each item paired. A document that fails is that
 * document's own matter when the node continues on failures, or is an agent's tool; otherwise it ends
 * the node, and no further upload begins.
 *
 * @param planItem reads an item's parameters and names its documents; all items are planned before
 * the first request, so that a wrong parameter costs nothing
 * @param work takes one document through and gives the output of it
 */
export async function runItems<T>(
	context: IExecuteFunctions,
	planItem: (itemIndex: number) => T[],
	work: (plan: T, run: DocumentRun) => Promise<OutputItem[]>,
	observer?: RunObserver,
): Promise<INodeExecutionData[]> {
	const continues = context.continueOnFail() || isTool(context);
	const stopSignal = getStopSignal(context);
	const ending = new AbortController();
	const signal = AbortSignal.any([ending.signal, ...(stopSignal ? [stopSignal] : [])]);
	const uploadedIds: string[] = [];
	const perhapsTaken: string[] = [];
	const tries = new Tries(context);
	const endUnlessContinued = (error: unknown) => {
		if (!continues) ending.abort();
		throw error;
	};

	const planned = context
		.getInputData()
		.flatMap((_item, itemIndex) => planDocuments(planItem, itemIndex));
	const firstRefused = planned.find((document) => 'error' in document);
	if (firstRefused && !continues) {
		throw toItemError(context, firstRefused.error, firstRefused.itemIndex);
	}
	observer?.onPlanned(planned.length);

	let firstError: NodeApiError | NodeOperationError | undefined;
	const outputs = await Promise.all(
		planned.map(async (document) => {
			const { id, itemIndex } = document;
			const known: IDataObject = {};
			const run: DocumentRun = {
				itemIndex,
				known,
				uploadedIds,
				signal,
				once: async (step, take) =>
					await tries.once(`${id} ${step}`, take).catch(endUnlessContinued),
				toPartError(thrown, knownOfPart) {
					if (thrown instanceof CancelledError || !continues) throw thrown;
					const error = toItemError(context, thrown, itemIndex);
					return toErrorItem(context, error, knownOfPart, itemIndex);
				},
			};
			try {
				if ('error' in document) throw document.error;
				const outcome = await work(document.plan, run).catch(endUnlessContinued);
				return outcome.map((item) =>
					Object.assign(item, { pairedItem: item.pairedItem ?? { item: itemIndex } }),
				);
			} catch (thrown) {
				if (thrown instanceof CancelledError) return [];
				const error = toItemError(context, thrown, itemIndex);
				if (firstError && mayHaveBeenTaken(error)) perhapsTaken.push(String(known.fileName));
				firstError ??= error;
				observer?.onFailed();
				return [toErrorItem(context, error, known, itemIndex)];
			}
		}),
	);

	throwIfCancelled(stopSignal);
	if (firstError && !continues) throw addHints(firstError, uploadedIds, perhapsTaken);
	return outputs.flat();
}

/** An agent is told the text of an error at most, and often not even that; an item it can read. */
function isTool(context: IExecuteFunctions): boolean {
	return context.getNode().type.endsWith('Tool');
}

function planDocuments<T>(planItem: (itemIndex: number) => T[], itemIndex: number): Planned<T>[] {
	try {
		return planItem(itemIndex).map((plan, n) => ({ id: `${itemIndex}.${n}`, itemIndex, plan }));
	} catch (error) {
		return [{ id: `${itemIndex}`, itemIndex, error }];
	}
}
