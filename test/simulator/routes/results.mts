import { readFile } from 'node:fs/promises';
import express, { type Router } from 'express';
import type { StoredDocument } from '../documents.mts';
import { drawPage } from '../pageImage.mts';
import { Refusal } from '../refusal.mts';
import type { Context } from './context.mts';

/** How long a request is held at most, with `timeout` and without. The real limits are undocumented. */
const MAX_TIMEOUT_MS = 25_000;
const HOLD_WITHOUT_TIMEOUT_MS = 30_000;

/** Which type the real page images have is undocumented; every browser shows these. */
const SHOWN_AS_IS = ['image/png', 'image/jpeg'];

/** Results and page images. */
export function createResultRoutes(context: Context): Router {
	const routes = express.Router();

	routes.get('/result/final/:fileId', async (request, response) => {
		const document = context.documents.find(request.params.fileId);
		await context.documents.waitFor(
			document,
			Math.min(readTimeout(request.query.timeout), context.maxHoldMs),
		);
		response.status(document.finalisedAt ? 200 : 202).json(toResult(document));
	});

	routes.get('/result/image/:fileId', async (request, response) => {
		const document = context.documents.find(request.params.fileId);
		const page = Number(request.query.page ?? 1);
		if (!Number.isInteger(page) || page < 1) throw new Refusal(400, 'page must be 1 or more');
		if (page > document.pages) throw new Refusal(404, `There is no page ${page}`);
		const { type, content } = await showPage(document, page);
		response.type(type).send(content);
	});

	return routes;

	/** An image as it was uploaded, a drawing of a page of a PDF, or else a placeholder. */
	async function showPage(
		{ type, location, text }: StoredDocument,
		page: number,
	): Promise<{ type: string; content: Buffer }> {
		if (location && SHOWN_AS_IS.includes(type.mimeType)) {
			return { type: type.mimeType, content: await readFile(location) };
		}
		const { width, height } = text?.pages[page - 1] ?? {};
		const placeholder = () => drawPage(page, width, height);
		const content =
			location && text
				? await context.reader.draw(location, page).catch(placeholder)
				: placeholder();
		return { type: 'image/png', content };
	}
}

/** The answer of `GET /result/final`. `numPages` is a text in real results. */
export function toResult({ fileId, status, finalisedAt, results, pages }: StoredDocument): object {
	if (status !== 'FINALISED') return { fileId, status };
	return {
		fileId,
		status,
		results: { timestamp: finalisedAt, fields: results, numPages: String(pages) },
	};
}

function readTimeout(text: unknown): number {
	if (text === undefined) return HOLD_WITHOUT_TIMEOUT_MS;
	const ms = Number(text);
	if (!Number.isInteger(ms) || ms < 0) throw new Refusal(400, 'timeout must be a number of ms');
	return Math.min(ms, MAX_TIMEOUT_MS);
}
