import { setTimeout as sleep } from 'node:timers/promises';
import express, { type Response, type Router } from 'express';
import { checkFile } from '../checks.mts';
import type { StoredDocument } from '../documents.mts';
import { readJson } from '../json.mts';
import { readProducts } from '../products.mts';
import { Refusal } from '../refusal.mts';
import { noteTaken, noteUpload } from '../requestLog.mts';
import { keepFile, readForm, type ReceivedFile } from '../upload.mts';
import { chooseWork } from '../uploadWorkflows.mts';
import type { Context } from './context.mts';

/** How much longer a file is in base64, and space for the other fields. */
const BASE64_FACTOR = 4 / 3;
const JSON_EXTRA_BYTES = 1_000_000;

/** Whether a file that is split may be longer than a document is undocumented; here it may. */
const MAX_STORED_PAGES = 500;

/** The three uploads: the documented multipart and JSON ones, and the one that only stores. */
export function createUploadRoutes(context: Context): Router {
	const { documents, storage, limits, reader } = context;
	const routes = express.Router();

	routes.post('/fileupload', async (request, response) => {
		const { fields, tags, files } = await readForm(request, storage);
		const file = files.find(({ fieldName }) => fieldName === 'fileToUpload');
		await extract(response, fields, tags, file);
	});

	const maxJsonBytes = Math.ceil(limits.maxBytes * BASE64_FACTOR) + JSON_EXTRA_BYTES;
	routes.post('/fileupload/json', readJson(maxJsonBytes), async (request, response) => {
		const { fileToUpload, ...fields } = (request.body ?? {}) as Record<string, string>;
		const tags = [fields.tags ?? []].flat();
		await extract(response, fields, tags, await decodeFile(fileToUpload, fields.fileName));
	});

	routes.post('/fileupload/v2/multipart', async (request, response) => {
		const { fields, files } = await readForm(request, storage);
		const file = files.find(({ fieldName }) => fieldName === 'file');
		noteUpload(response, fields, file);
		const storeLimits = { ...limits, maxPages: MAX_STORED_PAGES };
		const document = documents.store(await checkFile(file, storeLimits, reader), fields);
		await sendReceipt(response, document, { id: document.fileId });
	});

	return routes;

	async function extract(
		response: Response,
		fields: Record<string, string>,
		tags: string[],
		file: ReceivedFile | undefined,
	): Promise<void> {
		noteUpload(response, fields, file);
		const products = readProducts(fields);
		const document = documents.store(await checkFile(file, limits, reader), fields);
		for (const tag of tags.filter(Boolean)) document.tags.add(tag);
		documents.process(document, products, chooseWork(context, fields));
		await sendReceipt(response, document);
	}

	async function decodeFile(
		text: unknown,
		fileName = 'document',
	): Promise<ReceivedFile | undefined> {
		if (text === undefined) return undefined;
		if (typeof text !== 'string' || !/^[A-Za-z\d+/]*={0,2}$/.test(text)) {
			throw new Refusal(400, 'fileToUpload must be the file in base64');
		}
		const content = Buffer.from(text, 'base64');
		const kept = await keepFile([content], storage);
		return { ...kept, fieldName: 'fileToUpload', fileName, mimeType: 'application/octet-stream' };
	}

	async function sendReceipt(
		response: Response,
		{ fileId, uploadedAt }: StoredDocument,
		more: object = {},
	): Promise<void> {
		noteTaken(response, fileId);
		await sleep(context.latencyMs);
		response.json({ ...more, fileId, uploadedAt, status: 'RECEIVED' });
	}
}
