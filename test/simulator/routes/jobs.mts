import { randomUUID } from 'node:crypto';
import express, { type Router } from 'express';
import { checkProducts } from '../checks.mts';
import { Refusal } from '../refusal.mts';
import type { Context } from './context.mts';

const EXTRACT_WORKFLOW = 'sypht.extract';

/** Jobs of the second version of workflows, of which the simulator knows extraction. */
export function createJobRoutes(context: Context): Router {
	const routes = express.Router();

	routes.post('/workflows/:workflowId/jobs', express.json(), (request, response) => {
		const { workflowId } = request.params;
		if (workflowId !== EXTRACT_WORKFLOW) {
			throw new Refusal(404, `There is no workflow ${workflowId}, only ${EXTRACT_WORKFLOW}`);
		}
		const { inputs } = (request.body ?? {}) as { inputs?: Record<string, unknown> };
		if (typeof inputs?.file_id !== 'string') throw new Refusal(400, 'inputs.file_id is required');
		const products = checkProducts(inputs.product_ids);
		const document = context.documents.find(inputs.file_id);
		context.documents.process(document, products);
		response.json({
			job: {
				id: randomUUID(),
				company_id: context.companyId,
				created: new Date().toISOString().replace('Z', ''),
				workflow_id: workflowId,
				inputs,
				settings: {},
				usage: null,
				file_id: document.fileId,
				status: 'new',
				version: 3,
			},
			message_id: randomUUID(),
		});
	});

	return routes;
}
