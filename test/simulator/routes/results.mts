import express, { type Router } from 'express';
import type { StoredDocument } from '../documents.mts';
import { drawPage } from '../pageImage.mts';
import { Refusal } from '../refusal.mts';
import { readFile } from 'node:fs/promises';
import type { Context } from './context.mts';

/** The longest that a request is held, with `timeout` and without. No source tells the real ones. */
const MAX_TIMEOUT_MS = 25_000;
const HOLD_WITHOUT_TIMEOUT_MS = 30_000;

/** Results and page images. */
export function createResultRoutes(context: Context): Router {
	const routes = express.Router();

	routes.get('/result/final/:fileId', async (request, response) => {
		const document = context.documents.find(request.params.fileId);
		await context.documents.waitFor(document, readTimeout(request.query.timeout));
		response.status(document.finalisedAt ? 200 : 202).json(toResult(document));
	});

	routes.get('/result/image/:fileId', async (request, response) => {
		const document = context.documents.find(request.params.fileId);
		const page = Number(request.query.page ?? 1);
		if (!Number.isInteger(page) || page < 1) throw new Refusal(400, 'page must be 1 or more');
		if (page > document.pages) throw new Refusal(404, `There is no page ${page}`);
		response.type('png').send(await drawDocument(document, page));
	});

	return routes;

	/** The page itself where it can be had, else a drawing of a page. */
	async function drawDocument(
		{ type, location, text }: StoredDocument,
		page: number,
	): Promise<Buffer> {
		if (location && type.extension === 'png') return await readFile(location);
		const { width, height } = text?.pages[page - 1] ?? {};
		const drawing = () => drawPage(page, width, height);
		if (!location || !text) return drawing();
		return await context.reader.draw(location, page).catch(drawing);
	}
}

/** What is known of a document's results, as the service gives it. */
export function toResult({ fileId, status, finalisedAt, results }: StoredDocument): object {
	if (status !== 'FINALISED') return { fileId, status };
	return { fileId, status, results: { timestamp: finalisedAt, fields: results } };
}

function readTimeout(text: unknown): number {
	if (text === undefined) return HOLD_WITHOUT_TIMEOUT_MS;
	const ms = Number(text);
	if (!Number.isInteger(ms) || ms < 0) throw new Refusal(400, 'timeout must be a number of ms');
	return Math.min(ms, MAX_TIMEOUT_MS);
}
