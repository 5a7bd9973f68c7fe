import express, { type Request, type Response, type Router } from 'express';
import type { Context } from './routes/context.mts';
import { createDocumentRoutes } from './routes/documents.mts';
import { createJobRoutes } from './routes/jobs.mts';
import { createResultRoutes } from './routes/results.mts';
import { createUploadRoutes } from './routes/uploads.mts';
import { toErrorBody } from './refusal.mts';

/** Sypht's API, for requests with a valid token. */
export function createApi(context: Context): Router {
	const api = express.Router();
	api.use(
		createUploadRoutes(context),
		createResultRoutes(context),
		createDocumentRoutes(context),
		createJobRoutes(context),
		context.company.createRouter(),
	);
	api.use((_request, response) => {
		response.status(404).json(toErrorBody(404, 'There is nothing at this address'));
	});
	return api;
}

/** Answers with the error; one without a status is a defect of the simulator. */
export function answerError(
	error: Error & { status?: number },
	_request: Request,
	response: Response,
	next: () => void,
): void {
	const { status = 500, message } = error;
	if (response.headersSent || response.destroyed) next();
	else response.status(status).json(toErrorBody(status, message));
}
