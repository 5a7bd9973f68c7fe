import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { readTaggedDocuments, type TaggedDocuments } from '../api/tags';
import { AdaptiveLimit } from '../transport/adaptiveLimit';
import { isNotFound } from '../transport/errors';
import { checkDocuments } from './checkDocuments';
import { getEmissionStatus, watchEmission } from './emissions';
import { isPersonWaiting, needsPerson, warn } from './faults';
import type { CheckedDocument, TriggerState } from './model';
import { toItems } from './outputs';
import { PollProblems } from './pollProblems';
import type { Poll } from './pollSession';
import { removeTags } from './removeTags';
import { chooseChecks } from './schedule';
import { readSettings, type TriggerSettings } from './settings';
import {
	advance,
	applyListing,
	applyRemovals,
	expectsDocuments,
	isFinished,
	newState,
	settleEmissions,
} from './state';
import { openStateStore, toTriggerKey, type StateStore } from './stateStore';

/** Polls are at least a minute apart; one that ends within that never meets the next. */
const MAX_POLL_MS = 45_000;
/** n8n's budget is for the whole poll; checking ends early enough for the rest of it. */
const CHECKING_SHARE = 0.8;
const MAX_CHECKS = 500;
/** A poll that takes longer than this is stuck. Another one may run, and this one changes nothing. */
const MAX_STUCK_MS = 3 * 60_000;

const running = new Map<string, { startedAt: number }>();

/**
 * Returns the documents of the tag that are finished and were not emitted before. One poll of a
 * trigger runs at a time; a second one returns nothing.
 *
 * @returns null when there is nothing to emit, also while something is wrong that passes by itself
 * @throws what needs a person, but only while a person waits for the activation
 */
export async function pollDocuments(context: IPollFunctions): Promise<INodeExecutionData[] | null> {
	const triggerKey = toTriggerKey(context);
	const self = { startedAt: Date.now() };
	const other = running.get(triggerKey);
	if (other && self.startedAt - other.startedAt < MAX_STUCK_MS) return null;

	running.set(triggerKey, self);
	const isCurrent = () => running.get(triggerKey) === self;
	try {
		const store = openStateStore(context, self.startedAt);
		return store ? await pollWith(context, store, self.startedAt, isCurrent) : null;
	} finally {
		if (isCurrent()) running.delete(triggerKey);
	}
}

async function pollWith(
	context: IPollFunctions,
	store: StateStore,
	startedAt: number,
	isCurrent: () => boolean,
): Promise<INodeExecutionData[] | null> {
	const now = Math.floor(startedAt / 1000);
	const problems = new PollProblems();
	// From n8n 2.38 on it says how long a poll may take.
	const budgetMs = Math.min(context.getPollBudgetMs?.() ?? MAX_POLL_MS, MAX_POLL_MS);
	const deadline = startedAt + Math.floor(budgetMs * CHECKING_SHARE);
	const limit = new AdaptiveLimit();
	const poll: Poll = { context, store, problems, now, deadline, limit };
	const mayThrow = isPersonWaiting(context);
	const { state, items } = await readTag(poll).catch((error: Error) => {
		if (mayThrow && needsPerson(error)) throw error;
		problems.note('poll', error);
		return { state: store.readLast() ?? newState(''), items: [] };
	});
	if (!isCurrent()) return null;
	// Last, so that a poll that breaks off has changed nothing.
	store.write(problems.settle(context, now, state));
	return items.length > 0 ? items : null;
}

async function readTag(poll: Poll): Promise<{ state: TriggerState; items: INodeExecutionData[] }> {
	const { context, store, now, deadline, limit } = poll;
	const settings = await readSettings(context, deadline);
	const { wanted, onlyNew, maxDocuments, repeatAfter } = settings;
	const known = settleEmissions(readState(store, settings), { now, statusOf: getEmissionStatus });

	const listing = await listDocuments(poll, settings, known);
	if (!listing) {
		// Until the first document has the tag it may not exist. Then every document will be new.
		return { state: { ...known, startedAt: known.startedAt ?? now }, items: [] };
	}
	const { fileIds: listed, incomplete } = listing;
	const state = applyListing(known, { listed, isWhole: !incomplete, now, onlyNew });
	const fileIds = chooseChecks(state, { listed, wanted, repeatAfter, now, maxChecks: MAX_CHECKS });
	const checked = await checkDocuments(context, fileIds, {
		limit,
		deadline,
		wanted,
		maxFinished: maxDocuments,
	});
	noteChecks(poll, checked);

	const removed = await removeTags(poll, settings, state, listed);
	const isEmitting = checked.some((document) => isFinished(document));
	const emission = store.isDurable || !isEmitting ? undefined : watchEmission(context);
	const advanced = advance(state, { checked, wanted, maxDocuments, repeatAfter, now, emission });
	return {
		state: applyRemovals(advanced.state, { fileIds: removed, now }),
		items: advanced.emit.flatMap((document) => toItems(document, settings.output)),
	};
}

/** What is known about one tag says nothing about another, but what goes wrong may be the same. */
function readState(store: StateStore, { companyId, tag }: TriggerSettings): TriggerState {
	const queue = `${companyId}/${tag}`;
	const last = store.readLast();
	if (last?.queue === queue) return last;
	return { ...newState(queue), problems: last?.problems ?? {}, emissions: last?.emissions ?? 0 };
}

/** @returns undefined while there is no such tag */
async function listDocuments(
	{ context, problems, now, deadline }: Poll,
	{ companyId, tag }: TriggerSettings,
	known: TriggerState,
): Promise<TaggedDocuments | undefined> {
	// Half of the time at most, so that some is left for the documents.
	const halfTime = Math.floor((now * 1000 + deadline) / 2);
	try {
		const listing = await readTaggedDocuments(context, companyId, tag, {
			deadline: halfTime,
			isOneAttempt: true,
		});
		problems.clear('tag');
		if (listing.incomplete) problems.note('listing', listing.incomplete, { needsPerson: true });
		else problems.clear('listing');
		return listing;
	} catch (error) {
		if (!isNotFound(error)) return await Promise.reject(error as Error);
		if (expectsDocuments(known)) problems.note('tag', error as Error, { needsPerson: true });
		else warn(context, `the tag "${tag}" does not exist yet`);
		return undefined;
	}
}

/** Logs documents that could not be checked, and notes whether none exists at all. */
function noteChecks({ context, problems }: Poll, checked: CheckedDocument[]): void {
	if (checked.length === 0) return;
	const failing = checked.filter((document) => document.is === 'failing');
	if (failing.length > 0) {
		const [{ fileId, error }, ...more] = failing;
		const others = more.length > 0 ? ` and ${more.length} more` : '';
		const text = `document ${fileId}${others} could not be checked, and will be again: ${error.message}`;
		warn(context, text);
	}
	const missing = failing.filter(({ isMissing }) => isMissing);
	const areAllMissing = missing.length > 1 && missing.length === checked.length;
	if (areAllMissing) problems.note('results', failing[0].error, { needsPerson: true });
	else problems.clear('results');
}
