import type { IPollFunctions } from 'n8n-workflow';
import { checkResult } from '../api/results';
import { readResult } from '../results/result';
import { isNotFound } from '../transport/errors';
import type { CheckedDocument, TriggerEvent } from './model';
import { isFinished } from './state';

const CONCURRENCY = 10;
/** A document that gets no answer must not use up the time of the others. */
const CHECK_MS = 10_000;
/** This many failures and nothing else are an outage, which must not use up the whole poll. */
const MAX_FAILURES = 10;

/**
 * Checks documents, several at a time, in this order, until the deadline, or until as many finished
 * ones are found as can be emitted. One that can't be checked does not stop the others.
 *
 * @param maxFinished how many documents with one of the wanted events may be found
 */
export async function checkDocuments(
	context: IPollFunctions,
	fileIds: string[],
	limits: { deadline: number; wanted: TriggerEvent[]; maxFinished: number },
): Promise<CheckedDocument[]> {
	const checked: CheckedDocument[] = [];
	const isWanted = (document: CheckedDocument) =>
		isFinished(document) && limits.wanted.includes(document.is);
	let next = 0;
	let running = 0;
	let found = 0;
	const mayContinue = () =>
		next < fileIds.length &&
		Date.now() <= limits.deadline &&
		// What is being checked may be finished too: nothing is read that can't be emitted.
		found + running < limits.maxFinished &&
		(checked.length < MAX_FAILURES || checked.some(({ is }) => is !== 'failing'));

	const checkInTurn = async () => {
		while (mayContinue()) {
			const fileId = fileIds[next++];
			running++;
			const document = await checkDocument(context, fileId, limits.deadline);
			running--;
			if (isWanted(document)) found++;
			checked.push(document);
		}
	};
	await Promise.all(Array.from({ length: CONCURRENCY }, checkInTurn));
	const byId = new Map(checked.map((document) => [document.fileId, document]));
	return fileIds.map((fileId) => byId.get(fileId)).filter((document) => document !== undefined);
}

async function checkDocument(
	context: IPollFunctions,
	fileId: string,
	deadline: number,
): Promise<CheckedDocument> {
	try {
		const state = await checkResult(context, fileId, {
			deadline: Math.min(deadline, Date.now() + CHECK_MS),
			isOneAttempt: true,
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
		return { fileId, is: 'failing', error: error as Error, isMissing: isNotFound(error) };
	}
}
