import express, { type Router } from 'express';
import { Refusal } from '../refusal.mts';
import type { Context } from './context.mts';

/** Metadata, original files, and the company. The keys of the metadata are the simulator's own. */
export function createDocumentRoutes(context: Context): Router {
	const { clients, companyId } = context;
	const routes = express.Router();

	routes.get('/app/docs/:fileId', (request, response) => {
		const document = context.documents.find(request.params.fileId);
		const { fileId, fileName, type, size, sha256, pages, uploadedAt, status, products } = document;
		response.json({
			id: fileId,
			fileId,
			companyId,
			fileName,
			mimeType: type.mimeType,
			size,
			sha256,
			pages,
			uploadedAt,
			status,
			products,
			tags: [...document.tags],
			parentDocId: document.fields.parentDocId ?? null,
		});
	});

	routes.get('/app/docs/:fileId/download', (request, response) => {
		const { fileName, type, location } = context.documents.find(request.params.fileId);
		if (!location) throw new Refusal(410, 'The file was too large to be kept');
		response.attachment(fileName).type(type.mimeType).sendFile(location);
	});

	routes.get('/app/company/byclientid/:clientId', (request, response) => {
		if (!Object.hasOwn(clients, request.params.clientId)) {
			throw new Refusal(404, 'There is no such client');
		}
		response.json({ id: companyId, name: 'Simulated company' });
	});

	return routes;
}
