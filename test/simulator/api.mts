import express, { type Request, type Response, type Router } from 'express';
import { readFile, readProducts, Refusal, type Limits } from './checks.mts';
import type { Documents, StoredDocument } from './documents.mts';
import { drawPage } from './pageImage.mts';
import { readForm } from './upload.mts';

/** The longest that a request for results is held, and how long without `timeout`. */
const MAX_HOLD_MS = 25_000;

export interface ApiOptions {
	limits: Limits;
	/** How long an upload takes beside its transfer, in ms. */
	latencyMs: number;
	/** Client ids that the company lookup knows, with the company's id. */
	companyId: string;
	clients: Record<string, string>;
}

/** The documents' part of Sypht's API: upload, results, page image, metadata, company. */
export function createApi(documents: Documents, options: ApiOptions): Router {
	const api = express.Router();

	api.post('/fileupload', async (request, response) => {
		const form = await readForm(request, options.limits.maxBytes);
		const products = readProducts(form);
		const { file, pages } = await readFile(form, 'fileToUpload', options.limits);
		const document = documents.store(file, pages, form.fields);
		if (form.fields.tags) document.tags.add(form.fields.tags);
		documents.process(document, products);
		await delay(options.latencyMs);
		response.json(toReceipt(document));
	});

	api.post('/fileupload/v2/multipart', async (request, response) => {
		const form = await readForm(request, options.limits.maxBytes);
		const { file, pages } = await readFile(form, 'file', options.limits);
		const document = documents.store(file, pages, form.fields);
		await delay(options.latencyMs);
		response.json({ id: document.fileId, ...toReceipt(document) });
	});

	api.post('/workflows/sypht.extract/jobs', express.json(), (request, response) => {
		const { file_id: fileId, product_ids: products } = request.body?.inputs ?? {};
		const document = findDocument(documents, fileId);
		documents.process(document, products);
		const job = { id: fileId, workflow_id: 'sypht.extract', file_id: fileId, status: 'new' };
		response.json({ job, message_id: fileId });
	});

	api.get('/result/final/:fileId', async (request, response) => {
		const document = findDocument(documents, request.params.fileId);
		const asked = Number(request.query.timeout ?? MAX_HOLD_MS);
		await documents.waitFor(document, Math.min(asked, MAX_HOLD_MS));
		sendResult(response, document);
	});

	api.get('/result/image/:fileId', (request, response) => {
		const { pages } = findDocument(documents, request.params.fileId);
		const page = Number(request.query.page ?? 1);
		if (!(page >= 1 && page <= pages)) throw new Refusal(404, `There is no page ${page}`);
		response.type('png').send(drawPage(page));
	});

	api.get('/app/docs/:fileId', (request, response) => {
		const {
			content: _content,
			results: _results,
			tags,
			...metadata
		} = findDocument(documents, request.params.fileId);
		response.json({ id: metadata.fileId, ...metadata, tags: [...tags] });
	});

	api.get('/app/docs/:fileId/download', (request, response) => {
		const { content, mimeType } = findDocument(documents, request.params.fileId);
		response.type(mimeType).send(content);
	});

	api.get('/app/company/byclientid/:clientId', (request, response) => {
		if (!Object.hasOwn(options.clients, request.params.clientId)) {
			throw new Refusal(404, 'There is no such client');
		}
		response.json({ id: options.companyId, name: 'Simulated company' });
	});

	return api;
}

export function findDocument(documents: Documents, fileId: unknown): StoredDocument {
	const document = documents.all.get(String(fileId));
	if (!document) throw new Refusal(404, `There is no document ${String(fileId)}`);
	return document;
}

/** Answers with what is known of a failure; an unknown one is a defect of the simulator. */
export function answerError(
	error: Error,
	_request: Request,
	response: Response,
	next: () => void,
): void {
	if (response.headersSent || response.destroyed) {
		next();
	} else if (error instanceof Refusal) {
		response.status(error.status).json({ message: error.message, code: error.status });
	} else {
		response.status(500).json({ message: error.message });
	}
}

function toReceipt({ fileId, uploadedAt }: StoredDocument): Record<string, string> {
	return { fileId, uploadedAt, status: 'RECEIVED' };
}

function sendResult(response: Response, document: StoredDocument): void {
	const { fileId, status, results, finalisedAt } = document;
	if (status === 'FAILED') response.json({ fileId, status });
	else if (!results) response.status(202).json({ fileId, status });
	else response.json({ fileId, status, results: { timestamp: finalisedAt, fields: results } });
}

async function delay(ms: number): Promise<void> {
	if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
}
