import type { IPollFunctions } from 'n8n-workflow';
import { checkResult } from '../api/results';
import { readResult } from '../results/result';
import type { AdaptiveLimit, Turn } from '../transport/adaptiveLimit';
import { CancelledError } from '../transport/cancellation';
import { isNotFound } from '../transport/errors';
import type { CheckedDocument, TriggerEvent } from './model';
import { isFinished } from './state';
import { takeTurns } from './takeTurns';

interface CheckLimits {
	limit: AdaptiveLimit;
	/** In ms since 1970. */
	deadline: number;
	wanted: TriggerEvent[];
	/** How many documents with one of the wanted events may be found. */
	maxFinished: number;
}

/** A document that gets no answer must not use up the time of the others. */
const CHECK_MS = 10_000;
/** This many failures and nothing else are an outage, which must not use up the whole poll. */
const MAX_FAILURES = 10;

/**
 * Checks documents in this order, until the deadline, or until as many finished ones are found as can
 * be emitted. One that can't be checked does not stop the others.
 */
export async function checkDocuments(
	context: IPollFunctions,
	fileIds: string[],
	{ limit, deadline, wanted, maxFinished }: CheckLimits,
): Promise<CheckedDocument[]> {
	const checked: CheckedDocument[] = [];
	let running = 0;
	let found = 0;
	const mayContinue = () =>
		// What is being checked may be finished too: nothing is read that can't be emitted.
		found + running < maxFinished &&
		(checked.length < MAX_FAILURES || checked.some(({ is }) => is !== 'failing'));

	await takeTurns(fileIds, { limit, deadline, mayContinue }, async (fileId, turn) => {
		running++;
		const document = await checkDocument(context, fileId, { deadline, turn });
		running--;
		if (!document) return;
		if (isFinished(document) && wanted.includes(document.is)) found++;
		checked.push(document);
	});
	const byId = new Map(checked.map((document) => [document.fileId, document]));
	return fileIds.map((fileId) => byId.get(fileId)).filter((document) => document !== undefined);
}

/** @returns undefined when Sypht was too busy until the deadline */
async function checkDocument(
	context: IPollFunctions,
	fileId: string,
	{ deadline, turn }: { deadline: number; turn: Turn },
): Promise<CheckedDocument | undefined> {
	try {
		const state = await checkResult(context, fileId, {
			deadline: Math.min(deadline, Date.now() + CHECK_MS),
			isOneAttempt: true,
			turn,
		});
		const { kind, status } = state;
		if (kind === 'failed') return { fileId, is: 'documentFailed', body: { fileId, status } };
		if (kind === 'pending') return { fileId, is: 'pending' };
		const { finalisedAt } = readResult(state.result);
		return {
			fileId,
			is: 'documentCompleted',
			finalisedAt: typeof finalisedAt === 'string' ? finalisedAt : undefined,
			body: state.result,
		};
	} catch (error) {
		if (error instanceof CancelledError) return undefined;
		return { fileId, is: 'failing', error: error as Error, isMissing: isNotFound(error) };
	}
}
