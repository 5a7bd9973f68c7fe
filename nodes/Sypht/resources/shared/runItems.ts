import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { isTool, readItemFields, resolveFields, type FieldSet } from '../../fields/readFields';
import { AdaptiveLimit, type Turn } from '../../transport/adaptiveLimit';
import { CancelledError, getStopSignal } from '../../transport/cancellation';
import { requestSypht } from '../../transport/request';
import type { SyphtRequest } from '../../transport/types';
import { rememberSteps, type Once } from './completedSteps';
import {
	addUploadHints,
	describeUploads,
	toErrorItem,
	toItemError,
	type ItemError,
	type OutputItem,
	type Uploads,
} from './itemErrors';

/** A request of an operation; the signal is that of the run. */
export type Call = Omit<SyphtRequest, 'signal'>;

/** What `run` works with, for one document. */
export interface Session<Shared = unknown> {
	context: IExecuteFunctions;
	itemIndex: number;
	/** What `start` returned for this execution of the node. */
	shared: Shared;
	/** What is known of the document so far; it stays in the error item when a later step fails. */
	partialOutput: IDataObject;
	/** What was uploaded in this execution of the node. */
	uploads: Uploads;
	/** Raised on Stop, and when another document failed and the node is to end. */
	signal: AbortSignal;
	/** The place of the item among those that run, which learns from requests; an operation with `start` has none. */
	turn?: Turn;
	/** Sends a request and returns the body of the answer. */
	send(call: Call): Promise<unknown>;
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
		run: (part: Session<Shared>) => Promise<OutputItem[]>,
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

/** What `plan` works with, in addition to the values of the item. */
export type InputItem<Shared> = Pick<Session<Shared>, 'context' | 'itemIndex' | 'shared'>;

/** What an operation does. */
export interface Steps<Values, Shared, Document> {
	/**
	 * Makes what a whole run shares, such as limits, from the values of the first item. An operation
	 * with `start` bounds its own requests; any other runs as many items at once as Sypht accepts.
	 */
	start?(context: IExecuteFunctions, values: Values): Shared;
	/**
	 * Lists the documents of an item. Without it the item is one, and `run` gets its values, completed by
	 * what only Sypht knows.
	 */
	plan?(values: Values, item: InputItem<Shared>): Document[] | Promise<Document[]>;
	/** Takes one document through, and returns its output. */
	run(document: Document, session: Session<Shared>): Promise<OutputItem[]>;
	/** What follows the progress of the run. */
	observe?(shared: Shared): RunObserver;
}

/** `id` is the same when n8n runs the node again. */
type Planned<T> = { id: string; itemIndex: number } & ({ document: T } | { error: unknown });

const ADVICE_IF_ACCEPTED =
	'The request may still have been completed. Check in Sypht before you run this again.';

/**
 * Runs all documents of all items at once; `run` bounds what happens at the same time. All items are
 * planned before the first request. A document that fails does not affect the others if the node
 * continues on failures or is an agent's tool; otherwise it ends the node, and no upload begins after it.
 */
export async function runItems<Values extends Record<string, unknown>, Shared, Document>(
	context: IExecuteFunctions,
	set: FieldSet,
	steps: Steps<Values, Shared, Document>,
): Promise<INodeExecutionData[]> {
	// An agent sees at most an error's text, but can read an item.
	const continues = context.continueOnFail() || isTool(context);
	const stopSignal = getStopSignal(context);
	const abort = new AbortController();
	const signal = AbortSignal.any([abort.signal, ...(stopSignal ? [stopSignal] : [])]);
	const uploads: Uploads = { fileIds: [], uncertain: new Set() };
	const once = rememberSteps(context);
	const limit = steps.start ? undefined : new AdaptiveLimit();
	const abortUnlessContinued = (error: unknown) => {
		if (!continues) abort.abort();
		throw error;
	};

	const { planned, shared } = await planItems(context, set, steps);
	const refused = planned.find((entry) => 'error' in entry);
	if (refused && !continues) throw toItemError(context, refused.error, refused.itemIndex);
	const observer = shared && steps.observe?.(shared);
	observer?.onPlanned(planned.length);

	let firstError: ItemError | undefined;
	const runDocument = async (entry: Planned<Values | Document>): Promise<OutputItem[]> => {
		const { id, itemIndex } = entry;
		const partialOutput: IDataObject = {};
		const runInTurn = async (turn?: Turn) => {
			if ('error' in entry) throw entry.error;
			const document = steps.plan
				? entry.document
				: await resolveFields(context, set, entry.document as Values);
			const { fileId } = document as { fileId?: unknown };
			if (typeof fileId === 'string' && fileId) partialOutput.fileId = fileId;
			const session: Session<Shared> = {
				context,
				itemIndex,
				shared: shared as Shared,
				partialOutput,
				uploads,
				signal,
				turn,
				async send(call) {
					const request = { adviceIfAccepted: ADVICE_IF_ACCEPTED, ...call, signal, turn };
					return (await requestSypht(context, request)).body;
				},
				once: async (step, take) => await once(`${id} ${step}`, take).catch(abortUnlessContinued),
				runPart: async (part, run) =>
					await run({ ...session, partialOutput: part }).catch((thrown) => {
						if (thrown instanceof CancelledError || !continues) throw thrown;
						return [toErrorItem(context, toItemError(context, thrown, itemIndex), part)];
					}),
			};
			return await steps.run(document as Document, session);
		};
		try {
			const running = limit ? limit.run(runInTurn, signal) : runInTurn();
			return await running.catch(abortUnlessContinued);
		} catch (thrown) {
			if (thrown instanceof CancelledError) return [];
			const error = toItemError(context, thrown, itemIndex);
			firstError ??= error;
			observer?.onFailed();
			return [toErrorItem(context, error, partialOutput)];
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

/** Reads the parameters of all items, and lists their documents. */
async function planItems<Values, Shared, Document>(
	context: IExecuteFunctions,
	set: FieldSet,
	steps: Steps<Values, Shared, Document>,
): Promise<{ planned: Array<Planned<Values | Document>>; shared?: Shared }> {
	let shared: Shared | undefined;
	const plans = context.getInputData().map(async (_item, itemIndex) => {
		try {
			const values = readItemFields(context, itemIndex, set) as Values;
			shared ??= steps.start?.(context, values);
			const item = { context, itemIndex, shared: shared as Shared };
			const documents = (await steps.plan?.(values, item)) ?? [values];
			return documents.map((document, n) => ({ id: `${itemIndex}.${n}`, itemIndex, document }));
		} catch (error) {
			return [{ id: `${itemIndex}`, itemIndex, error: error as unknown }];
		}
	});
	return { planned: (await Promise.all(plans)).flat(), shared };
}
