import { randomUUID } from 'node:crypto';
import express, { type Request, type Router } from 'express';
import type { StoredDocument } from '../documents.mts';
import { readJson } from '../json.mts';
import { checkProducts } from '../products.mts';
import { Refusal } from '../refusal.mts';
import { splitDocument } from '../split.mts';
import type { Context } from './context.mts';
import { toResult } from './results.mts';

/** How long an invoked workflow may take. */
const MAX_INVOKE_MS = 60_000;

/** Jobs of the second version of workflows: extraction, splitting and validation. */
export function createJobRoutes(context: Context): Router {
	const routes = express.Router();

	routes.post('/workflows/:workflowId/jobs', readJson(), (request, response) => {
		const { workflowId, inputs, document } = start(request);
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

	// The answer is undocumented; the results of the document are a likely one.
	routes.post('/workflows/:workflowId/invoke', readJson(), async (request, response) => {
		const { document } = start(request);
		await context.documents.waitFor(document, MAX_INVOKE_MS);
		response.json(toResult(document));
	});

	return routes;

	function start({ params, body }: Request) {
		const workflowId = String(params.workflowId);
		const workflow = workflows.get(workflowId);
		if (!workflow) {
			const known = [...workflows.keys()].join(', ');
			throw new Refusal(404, `There is no workflow ${workflowId}, only ${known}`);
		}
		const { inputs } = (body ?? {}) as { inputs?: Record<string, unknown> };
		if (typeof inputs?.file_id !== 'string') throw new Refusal(400, 'inputs.file_id is required');
		const document = context.documents.find(inputs.file_id);
		workflow(context, document, inputs);
		return { workflowId, inputs, document };
	}
}

type Workflow = (
	context: Context,
	document: StoredDocument,
	inputs: Record<string, unknown>,
) => void;

const workflows = new Map<string, Workflow>([
	[
		'sypht.extract',
		({ documents }, document, inputs) =>
			documents.process(document, checkProducts(inputs.product_ids)),
	],
	[
		'sypht.split',
		(context, document) =>
			context.documents.process(document, [], async () => await splitDocument(context, document)),
	],
	[
		'sypht.validate',
		({ company, documents }, document, inputs) => {
			company.reviewTasks.create(document.fileId, String(inputs.specification ?? 'validate'));
			documents.process(document, document.products);
		},
	],
]);
