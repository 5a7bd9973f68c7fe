import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import { readResult } from '../results/result';
import { isNotFound } from '../transport/errors';
import { ConcurrencyLimit } from '../transport/concurrencyLimit';
import { checkResult } from '../api/results';
import type { SeenDocument } from './state';

/** A finished document with what Sypht says of it. */
export interface FinishedDocument extends SeenDocument {
	body: IDataObject;
}

export interface LookOutcome {
	finished: FinishedDocument[];
	/** The documents that there was no time for, or that could not be looked at. */
	unseen: string[];
	/** The first document that there was no time for. */
	resumeAt?: string;
	/** Why a document could not be looked at; the others were. */
	error?: unknown;
}

const CONCURRENCY = 10;
/** A document that is not answered for must not take the time of the others. */
const LOOK_MS = 10_000;

/**
 * Looks at each document once, several at a time, until the deadline. One that can't be looked at
 * does not keep the others from being seen.
 */
export async function lookAtDocuments(
	context: IPollFunctions,
	fileIds: string[],
	deadline: number,
): Promise<LookOutcome> {
	const limit = new ConcurrencyLimit(CONCURRENCY);
	const outcome: LookOutcome = { finished: [], unseen: [] };
	const looks = await Promise.all(
		fileIds.map((fileId) =>
			limit.run(async () => {
				if (Date.now() > deadline) {
					outcome.resumeAt ??= fileId;
					outcome.unseen.push(fileId);
					return undefined;
				}
				try {
					return await lookAtDocument(context, fileId, Math.min(deadline, Date.now() + LOOK_MS));
				} catch (error) {
					// A document that was deleted may still be listed for a while.
					if (isNotFound(error)) return undefined;
					outcome.error ??= error;
					outcome.unseen.push(fileId);
					return undefined;
				}
			}),
		),
	);
	outcome.finished = looks.filter((look) => look !== undefined);
	return outcome;
}

async function lookAtDocument(
	context: IPollFunctions,
	fileId: string,
	deadline: number,
): Promise<FinishedDocument | undefined> {
	const state = await checkResult(context, fileId, { deadline });
	const { kind, status } = state;
	if (kind === 'failed') return { fileId, event: 'documentFailed', body: { fileId, status } };
	if (kind === 'pending') return undefined;
	const { result } = state;
	const { finalisedAt } = readResult(result);
	return {
		fileId,
		event: 'documentCompleted',
		...(typeof finalisedAt === 'string' ? { finalisedAt } : {}),
		body: result,
	};
}
