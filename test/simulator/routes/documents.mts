import express, { type Router } from 'express';
import { Refusal } from '../refusal.mts';
import type { Context } from './context.mts';

/**
 * Metadata, original files, and the company. The metadata are undocumented; here they are those of
 * the answer to an upload.
 */
export function createDocumentRoutes(context: Context): Router {
	const { clients, companyId } = context;
	const routes = express.Router();

	routes.get('/app/docs/:fileId', (request, response) => {
		const { fileId, uploadedAt, status } = context.documents.find(request.params.fileId);
		response.json({ id: fileId, fileId, uploadedAt, status });
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
		response.json({ id: companyId });
	});

	return routes;
}
