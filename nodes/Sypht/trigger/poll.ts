import { randomUUID } from 'node:crypto';
import {
	NodeOperationError,
	type IDataObject,
	type INodeExecutionData,
	type IPollFunctions,
} from 'n8n-workflow';
import { formatResult, type OutputOptions } from '../results';
import { isNotFound, keepOwnMessage } from '../transport/errors';
import { listTaggedDocuments, removeTag } from '../api/tags';
import { lookAtDocuments, type FinishedDocument } from './checkDocuments';
import { readSettings, type TriggerSettings } from './settings';
import {
	advance,
	listCandidates,
	listSettled,
	listUnseen,
	stateOf,
	type TriggerEvent,
	type TriggerState,
} from './state';

/** Tells the state that this process saved from one of before a restart. */
const PROCESS_ID = randomUUID();

/** Polls are at least a minute apart; one that ends within that never meets the next. */
const MAX_POLL_MS = 45_000;
/** What n8n allows is for the whole poll; looking ends early enough for the rest of it. */
const LOOKING_SHARE = 0.8;

const SAMPLE_CANDIDATES = 50;

/**
 * Gives out the documents of the tag that are finished and were not given out before. What is
 * kept changes only at the very end, so a poll that breaks off has done nothing.
 */
export async function pollDocuments(context: IPollFunctions): Promise<INodeExecutionData[] | null> {
	const deadline = Date.now() + readBudgetMs(context) * LOOKING_SHARE;
	const settings = await readSettings(context, deadline);
	const { tag, companyId, events, maxDocuments } = settings;
	const kept = context.getWorkflowStaticData('node') as { state?: TriggerState };
	const queue = `${companyId}/${tag}`;
	const readState = () => stateOf(kept.state, queue);
	const listed = await listDocuments(context, settings, deadline);
	if (!listed) {
		if (!readState()) kept.state = advance(undefined, PROCESS_ID, [], [], { queue }).state;
		return null;
	}
	const old = new Set(settings.onlyNew ? listUnseen(readState(), listed) : []);
	const candidates = listCandidates(readState(), PROCESS_ID, listed, events);
	const settled = settings.removeTag ? listSettled(readState(), listed) : [];
	const looks = await lookAtDocuments(context, candidates, deadline);
	const removalError = await removeTags(context, companyId, tag, settled, deadline);
	const isOld = ({ fileId }: FinishedDocument) => old.has(fileId);
	const isWanted = ({ event }: FinishedDocument) => events.includes(event);

	const seen = looks.finished.filter((document) => isWanted(document) && !isOld(document));
	const { state, emit } = advance(readState(), PROCESS_ID, listed, seen, {
		queue,
		maxDocuments,
		resumeAt: looks.resumeAt,
		skipped: looks.finished.filter(isOld),
		unwanted: looks.finished.filter((document) => !isWanted(document)),
		unseen: looks.unseen.filter((fileId) => old.has(fileId)),
	});
	// Also before an error, so that the next poll goes on behind what could not be looked at.
	kept.state = state;
	const error = looks.error ?? removalError;
	if (error && emit.length === 0) throw error as Error;
	return emit.length > 0 ? emit.flatMap((document) => toItems(document, settings)) : null;
}

/** Before the first document has the tag there may be none; that is no reason not to wait for it. */
async function listDocuments(
	context: IPollFunctions,
	{ companyId, tag }: TriggerSettings,
	deadline: number,
): Promise<string[] | undefined> {
	return await listTaggedDocuments(context, companyId, tag, deadline).catch((error) => {
		if (!isNotFound(error)) return Promise.reject(error as Error);
		context.logger.warn(`Sypht Trigger: there is no tag "${tag}" yet`);
		return undefined;
	});
}

/**
 * Takes the tag off documents, until the deadline. One that keeps it does not keep the others from
 * losing theirs.
 *
 * @returns why it could not be taken off one; what is to be given out does not depend on it
 */
async function removeTags(
	context: IPollFunctions,
	companyId: string,
	tag: string,
	fileIds: string[],
	deadline: number,
): Promise<unknown> {
	let firstError: unknown;
	for (const fileId of fileIds) {
		if (Date.now() > deadline) break;
		await removeTag(context, companyId, tag, fileId, deadline).catch((error) => {
			// A document that was deleted may still be listed for a while.
			if (!isNotFound(error)) firstError ??= error;
		});
	}
	return firstError;
}

/**
 * One finished document of the tag, for a test in the editor; nothing is kept of it.
 *
 * @throws NodeOperationError when there is none yet
 */
export async function pollSample(context: IPollFunctions): Promise<INodeExecutionData[]> {
	const deadline = Date.now() + MAX_POLL_MS;
	const settings = await readSettings(context, deadline);
	const { tag, events } = settings;
	const listed = await listDocuments(context, settings, deadline);
	const { finished, error } = await lookAtDocuments(
		context,
		(listed ?? []).slice(0, SAMPLE_CANDIDATES),
		deadline,
	);
	const sample = finished.find(({ event }) => events.includes(event));
	if (sample) return toItems(sample, settings);
	if (error) throw error as Error;
	throw keepOwnMessage(
		new NodeOperationError(context.getNode(), `The tag "${tag}" has no finished document yet`, {
			description: `${listed ? `${listed.length} documents have the tag` : 'Sypht does not know the tag yet'}. Upload one with this tag (Upload Document, Additional Fields, Tags), wait until it is read, and test again.`,
		}),
	);
}

function toItems(
	{ event, body }: FinishedDocument,
	settings: TriggerSettings,
): INodeExecutionData[] {
	return toOutputs(event, body, settings.output).map((json) => ({ json }));
}

/** One at least: a document without line items starts the workflow too. */
function toOutputs(event: TriggerEvent, body: IDataObject, output: OutputOptions): IDataObject[] {
	if (event === 'documentFailed') return [{ event, ...body }];
	const outputs = formatResult(body, { ...output, origin: { event } });
	return outputs.length > 0
		? outputs
		: formatResult(body, { ...output, origin: { event }, output: 'selected' });
}

/** n8n says from 2.38 on how long a poll may take. */
function readBudgetMs(context: IPollFunctions): number {
	const budgetMs = context.getPollBudgetMs?.() ?? MAX_POLL_MS;
	return Math.min(budgetMs, MAX_POLL_MS);
}
