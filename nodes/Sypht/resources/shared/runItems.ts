import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	NodeApiError,
	NodeOperationError,
} from 'n8n-workflow';
import { isTool } from '../../fields/readFields';
import { CancelledError, getStopSignal } from '../../transport/cancellation';
import { rememberSteps, type Once } from './completedSteps';
import {
	addUploadHints,
	describeUploads,
	toErrorItem,
	toItemError,
	type OutputItem,
	type Uploads,
} from './itemErrors';

/** One document, while it is processed. */
export interface ItemRun {
	context: IExecuteFunctions;
	itemIndex: number;
	/** What is known of the document so far; it stays in the error item when a later step fails. */
	partialOutput: IDataObject;
	/** What was uploaded in this execution of the node. */
	uploads: Uploads;
	/** Raised on Stop, and when another document failed and the node is to end. */
	signal: AbortSignal;
	/**
	 * Takes a step that must not be taken twice when n8n runs the node again because it failed (Retry On
	 * Fail). If the step fails, the run ends at once, unless the node continues on failures.
	 */
	once: Once;
	/**
	 * Processes a part of the document. If the node continues on failures, a part that fails becomes an
	 * error item and the other parts continue.
	 */
	runPart(
		partialOutput: IDataObject,
		run: (part: ItemRun) => Promise<OutputItem[]>,
	): Promise<OutputItem[]>;
}

/** Follows the progress of a run. */
export interface RunObserver {
	/** @param total documents, including those with wrong parameters */
	onPlanned(total: number): void;
	onFailed(): void;
	/** Called when all documents are through, unless the run ended with an error. */
	onFinished(): void;
}

export interface RunSteps<T> {
	/** Reads an item's parameters and lists its documents. */
	plan(itemIndex: number): Promise<T[]>;
	/** Processes one document and returns its output. */
	run(document: T, run: ItemRun): Promise<OutputItem[]>;
	/** Called once all items are planned. */
	observe(): RunObserver | undefined;
}

/** `id` is the same when n8n runs the node again. */
type Planned<T> = { id: string; itemIndex: number } & ({ document: T } | { error: unknown });

/**
 * Runs all documents of all items at once; `run` bounds what happens at the same time. All items are
 * planned before the first request. A document that fails does not affect the others if the node
 * continues on failures or is an agent's tool; otherwise it ends the node, and no upload begins after it.
 */
export async function runItems<T>(
	context: IExecuteFunctions,
	steps: RunSteps<T>,
): Promise<INodeExecutionData[]> {
	// An agent sees at most an error's text, but can read an item.
	const continues = context.continueOnFail() || isTool(context);
	const stopSignal = getStopSignal(context);
	const abort = new AbortController();
	const signal = AbortSignal.any([abort.signal, ...(stopSignal ? [stopSignal] : [])]);
	const uploads: Uploads = { fileIds: [], uncertain: new Set() };
	const once = rememberSteps(context);
	const abortUnlessContinued = (error: unknown) => {
		if (!continues) abort.abort();
		throw error;
	};

	const items = context.getInputData();
	const plans = items.map(async (_item, itemIndex) => await planItem(steps, itemIndex));
	const planned = (await Promise.all(plans)).flat();
	const firstRefused = planned.find((entry) => 'error' in entry);
	if (firstRefused && !continues) {
		throw toItemError(context, firstRefused.error, firstRefused.itemIndex);
	}
	const observer = steps.observe();
	observer?.onPlanned(planned.length);

	let firstError: NodeApiError | NodeOperationError | undefined;
	const runDocument = async (entry: Planned<T>): Promise<OutputItem[]> => {
		const { id, itemIndex } = entry;
		const run: ItemRun = {
			context,
			itemIndex,
			partialOutput: {},
			uploads,
			signal,
			once: async (step, take) => await once(`${id} ${step}`, take).catch(abortUnlessContinued),
			runPart: async (partialOutput, runPart) =>
				await runPart({ ...run, partialOutput }).catch((thrown) => {
					if (thrown instanceof CancelledError || !continues) throw thrown;
					const error = toItemError(context, thrown, itemIndex);
					return [toErrorItem(context, error, partialOutput, itemIndex)];
				}),
		};
		try {
			if ('error' in entry) throw entry.error;
			return await steps.run(entry.document, run).catch(abortUnlessContinued);
		} catch (thrown) {
			if (thrown instanceof CancelledError) return [];
			const error = toItemError(context, thrown, itemIndex);
			firstError ??= error;
			observer?.onFailed();
			return [toErrorItem(context, error, run.partialOutput, itemIndex)];
		}
	};
	const outputs = await Promise.all(
		planned.map(async (entry) => {
			const pairedItem = { item: entry.itemIndex };
			// Keeps the item itself: an error item carries its error in a property that a copy would lose.
			return (await runDocument(entry)).map((item) => Object.assign(item, { pairedItem, ...item }));
		}),
	);

	if (stopSignal?.aborted) {
		// n8n keeps neither output nor error of a node that was stopped; its log is what is left.
		const hints = describeUploads(uploads);
		if (hints) context.logger.warn(`Sypht: the execution was stopped. ${hints}`);
		throw new CancelledError();
	}
	if (firstError && !continues) throw addUploadHints(firstError, uploads);
	observer?.onFinished();
	return outputs.flat();
}

async function planItem<T>(steps: RunSteps<T>, itemIndex: number): Promise<Planned<T>[]> {
	try {
		const documents = await steps.plan(itemIndex);
		return documents.map((document, n) => ({ id: `${itemIndex}.${n}`, itemIndex, document }));
	} catch (error) {
		return [{ id: `${itemIndex}`, itemIndex, error }];
	}
}
