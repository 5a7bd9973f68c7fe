import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ICredentialDataDecryptedObject, INodeParameters } from 'n8n-workflow';
import { projectFolder } from '../e2e/harness/pack.mts';
import type { Evidence } from './evidence.mts';
import { Traffic } from './traffic.mts';

export interface StepOutcome {
	step: string;
	/** Undefined if the step went as it should. */
	error?: string;
}

export interface CheckOutcome {
	steps: StepOutcome[];
	evidence: Evidence;
}

/** How many documents the check uploads. */
export const CHECK_DOCUMENTS = 1;

/** Takes one document through the service with the compiled nodes, in n8n's own engine. */
export async function checkNodes(
	account: ICredentialDataDecryptedObject,
	products: string,
): Promise<CheckOutcome> {
	const traffic = new Traffic();
	await import('./compiled.mts');
	const { inlineFile, runWorkflow } = await import('../engine/support/workflow.mts');
	const { StoredCredential } = await import('../engine/support/credentials.mts');
	const invoice = await readFile(path.join(projectFolder, 'test', 'samples', 'invoice.pdf'));
	const credential = new StoredCredential(account);
	const tags = ['a', 'b'].map((end) => `n8n-live-check-${Date.now()}-${end}`);
	const [tag] = tags;
	const steps: StepOutcome[] = [];

	async function run(step: string, parameters: INodeParameters, used = credential) {
		traffic.step = step;
		const binary = { data: inlineFile(invoice, 'n8n-live-check.pdf') };
		const { items, error } = await runWorkflow({
			parameters,
			input: [{ json: {}, binary }],
			credential: used,
		});
		const message = error && [error.message, error.description].filter(Boolean).join('. ');
		return { json: items.at(0)?.json, error: message };
	}

	/** A step that should succeed. */
	async function expectSuccess(step: string, parameters: INodeParameters) {
		const { json, error } = await run(step, parameters);
		steps.push({ step, error });
		return json;
	}

	/** A step that should fail; the question is how. */
	async function expectError(step: string, parameters: INodeParameters, used = credential) {
		const { error } = await run(step, parameters, used);
		steps.push({ step, error: error ? undefined : 'It did not fail' });
	}

	const results = { resource: 'document', operation: 'getResults', output: 'raw' };
	const wrong = new StoredCredential({ ...account, clientSecret: randomUUID() });
	await expectError('wrong secret', { ...results, fileId: randomUUID() }, wrong);

	const uploaded = await expectSuccess('upload', {
		resource: 'document',
		operation: 'upload',
		inputDataFieldName: 'data',
		products,
		additionalFields: { tags: tags.join(',') },
	});
	// Bounded, in case the service answers as if it were not ready yet.
	const soon = { timeout: 30 };
	await expectError('unknown ID', { ...results, fileId: randomUUID(), options: soon });
	const fileId = uploaded?.fileId;
	if (typeof fileId !== 'string') return { steps, evidence: { exchanges: traffic.exchanges } };

	await expectSuccess('results', { ...results, fileId, waitForCompletion: false });
	await expectSuccess('results', { ...results, fileId, waitForCompletion: true });

	const onTag = (operation: string, parameters: INodeParameters = {}) => ({
		resource: 'tag',
		operation,
		...parameters,
	});
	await expectSuccess('tags', onTag('getTags', { fileId }));
	await expectSuccess('tags', onTag('create', { tag, description: 'By a check; may be deleted' }));
	await expectSuccess('tags', onTag('get', { tag }));
	await expectSuccess('tags', onTag('addTags', { fileId, tags: tags.join(',') }));
	await expectSuccess('tags', onTag('getDocuments', { tag }));
	for (const name of tags) {
		await expectSuccess('clean-up', onTag('removeDocuments', { tag: name, fileIds: fileId }));
		await expectSuccess('clean-up', onTag('delete', { tag: name }));
	}
	return { steps, evidence: { exchanges: traffic.exchanges, fileId } };
}
