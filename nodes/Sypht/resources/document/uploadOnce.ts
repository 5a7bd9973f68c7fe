import { createHash } from 'node:crypto';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { documentExists } from '../../api/documents';
import { checkResult } from '../../api/results';
import { readTaggedDocuments } from '../../api/tags';
import type { AcceptedDocument } from '../../api/upload';
import { setRecent } from '../../http/recent';
import type { AdaptiveLimit, Turn } from '../../transport/adaptiveLimit';
import { orCancelled, pause, throwIfCancelled } from '../../transport/cancellation';
import { isMaybeAccepted, isNotFound } from '../../transport/errors';

/** A file that is to be uploaded once, and how to find out whether Sypht has it. */
export interface UniqueUpload {
	context: IExecuteFunctions;
	companyId: string;
	/** Made by `toOnceTag`. The upload must carry it. */
	tag: string;
	signal: AbortSignal;
	/** Bounds the look-ups that are open at the same time. */
	lookUps: AdaptiveLimit;
	send(): Promise<AcceptedDocument>;
}

interface UploadedOnce {
	document: AcceptedDocument;
	/** Whether it was there before. */
	reused: boolean;
}

interface RecentUpload {
	uploading: Promise<UploadedOnce>;
	/** In ms since 1970; undefined while it is in flight. */
	acceptedAt?: number;
}

/**
 * The uploads of this process, by company and tag: another execution may upload the same file at the same
 * moment, and how soon Sypht lists a new document is undocumented.
 */
const recentUploads = new Map<string, RecentUpload>();
const MAX_RECENT_UPLOADS = 1_000;
const REMEMBERED_MS = 5 * 60_000;
/** How long a new document may be unknown; one that still is was deleted in the Sypht app. */
const MAX_UNKNOWN_MS = 30_000;

/** How long a look-up is retried, and how long to look for a document whose upload was not answered. */
const MAX_LOOK_UP_MS = 60_000;
const MAX_SEARCH_MS = 30_000;
const FIRST_PAUSE_MS = 500;
const MAX_PAUSE_MS = 5_000;

/** The tag by which a file that was uploaded for the same job is found again. */
export function toOnceTag(sha256: string, job: string): string {
	const hash = createHash('sha256').update(`${sha256} ${job}`).digest('hex');
	return `n8n-once-${hash.slice(0, 32)}`;
}

/** Uploads a file unless Sypht has it already. Sypht has no idempotency keys, but it has tags. */
export async function uploadOnce(upload: UniqueUpload): Promise<UploadedOnce> {
	const { signal } = upload;
	const key = `${upload.companyId} ${upload.tag}`;
	for (;;) {
		const recent = recentUploads.get(key);
		if (!recent || Date.now() > (recent.acceptedAt ?? Infinity) + REMEMBERED_MS) break;
		const uploaded = await orCancelled(recent.uploading, signal).catch((error) => {
			throwIfCancelled(signal);
			if (isMaybeAccepted(error)) throw error;
			return undefined;
		});
		const knownFrom = (recent.acceptedAt ?? 0) + MAX_UNKNOWN_MS;
		const document = uploaded && (await keepUsable(upload, uploaded.document.fileId, knownFrom));
		if (document) return { document, reused: true };
		if (recentUploads.get(key) === recent) recentUploads.delete(key);
	}
	const own: RecentUpload = { uploading: findOrSend(upload) };
	setRecent(recentUploads, key, own, MAX_RECENT_UPLOADS);
	own.uploading.then(
		() => (own.acceptedAt = Date.now()),
		() => recentUploads.get(key) === own && recentUploads.delete(key),
	);
	return await own.uploading;
}

async function findOrSend(upload: UniqueUpload): Promise<UploadedOnce> {
	const found = await find(upload, Date.now() + MAX_LOOK_UP_MS);
	if (found) return { document: found, reused: true };
	const document = await upload.send().catch(async (error) => {
		const accepted = isMaybeAccepted(error) && (await search(upload));
		if (accepted) return accepted;
		throw error;
	});
	return { document, reused: false };
}

/** Looks for a document that Sypht may have accepted, until it is found or unlikely to be there. */
async function search(upload: UniqueUpload): Promise<AcceptedDocument | undefined> {
	const deadline = Date.now() + MAX_SEARCH_MS;
	for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, MAX_PAUSE_MS)) {
		const found = await find(upload, deadline).catch(() => undefined);
		const leftMs = deadline - Date.now();
		if (found || leftMs <= 0) return found;
		await pause(Math.min(pauseMs, leftMs), upload.signal);
	}
}

/** Of several documents, which two executions can upload at the same moment, the oldest. */
async function find(upload: UniqueUpload, deadline: number): Promise<AcceptedDocument | undefined> {
	const { context, companyId, tag, lookUps, signal } = upload;
	const list = async (turn: Turn) =>
		await readTaggedDocuments(context, companyId, tag, { deadline, signal, turn });
	const listing = await lookUps.run(list, signal).catch((error) => {
		// A tag that no document has yet does not exist.
		if (isNotFound(error)) return undefined;
		throw error;
	});
	const { fileIds = [], incomplete } = listing ?? {};
	if (fileIds.length === 0 && incomplete) throw incomplete;
	const documents = fileIds.map(async (fileId) => await keepUsable(upload, fileId));
	const usable = (await Promise.all(documents)).filter((document) => document !== undefined);
	return usable.sort((a, b) => toTime(a) - toTime(b))[0];
}

/**
 * A document that failed, or was deleted, is of no use.
 *
 * @param knownFrom until then Sypht may not know the document yet, in ms since 1970
 */
async function keepUsable(
	upload: UniqueUpload,
	fileId: string,
	knownFrom = 0,
): Promise<AcceptedDocument | undefined> {
	const { lookUps, signal } = upload;
	for (;;) {
		const document = await lookUps.run(async () => await readDocument(upload, fileId), signal);
		throwIfCancelled(signal);
		if (document !== 'unknown') return document;
		if (Date.now() >= knownFrom) return undefined;
		await pause(MAX_PAUSE_MS, signal);
	}
}

/** @returns undefined when it failed */
async function readDocument(
	{ context, signal }: UniqueUpload,
	fileId: string,
): Promise<AcceptedDocument | 'unknown' | undefined> {
	try {
		const state = await checkResult(context, fileId, { signal, isOneAttempt: true });
		if (state.kind === 'failed') return undefined;
		const results = state.kind === 'finished' ? (state.result.results as IDataObject) : {};
		return { fileId, status: state.status, finalisedAt: results?.timestamp };
	} catch (error) {
		const isUnknown = isNotFound(error) && !(await documentExists(context, fileId));
		return isUnknown ? 'unknown' : { fileId };
	}
}

function toTime({ finalisedAt }: AcceptedDocument): number {
	const time = Date.parse(String(finalisedAt));
	return Number.isNaN(time) ? Number.MAX_SAFE_INTEGER : time;
}
