import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ICredentialDataDecryptedObject, INodeParameters } from 'n8n-workflow';
import { projectFolder } from '../e2e/harness/pack.mts';
import type { Evidence } from './questions.mts';
import { Traffic } from './traffic.mts';

export interface StepOutcome {
	step: string;
	/** Undefined when it went as it should. */
	error?: string;
}

export interface CheckOutcome {
	steps: StepOutcome[];
	evidence: Evidence;
}

/**
 * Takes one document through the service with the compiled nodes, in n8n's engine. What it creates
 * it takes away again, except for the document: no source knows a way to delete one.
 */
export async function checkService(account: ICredentialDataDecryptedObject): Promise<CheckOutcome> {
	const traffic = new Traffic();
	await import('./compiled.mts');
	const { inlineFile, runWorkflow } = await import('../engine/support/workflow.mts');
	const { StoredCredential } = await import('../engine/support/credentials.mts');
	const invoice = await readFile(path.join(projectFolder, 'test', 'samples', 'invoice.pdf'));
	const credential = new StoredCredential(account);
	const sentTags = ['a', 'b'].map((end) => `n8n-live-check-${Date.now()}-${end}`);
	const [tag] = sentTags;
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
	async function take(step: string, parameters: INodeParameters) {
		const { json, error } = await run(step, parameters);
		steps.push({ step, error });
		return json;
	}

	/** A step that should fail; what matters is how. */
	async function refuse(step: string, parameters: INodeParameters, used = credential) {
		const { error } = await run(step, parameters, used);
		steps.push({ step, error: error ? undefined : 'It did not fail' });
	}

	const results = { resource: 'document', operation: 'getResults', output: 'raw' };
	const wrong = new StoredCredential({ ...account, clientSecret: randomUUID() });
	await refuse('wrong secret', { ...results, fileId: randomUUID() }, wrong);

	const uploaded = await take('upload', {
		resource: 'document',
		operation: 'upload',
		inputDataFieldName: 'data',
		products: process.env.SYPHT_PRODUCTS ?? 'invoices',
		additionalFields: { tags: sentTags.join(',') },
	});
	// A service that treats it as not ready yet would be waited for.
	const soon = { timeout: 30 };
	await refuse('unknown ID', { ...results, fileId: randomUUID(), options: soon });
	const evidence: Evidence = { exchanges: traffic.exchanges, sentTags };
	const fileId = uploaded?.fileId;
	if (typeof fileId !== 'string') return { steps, evidence };

	await take('results', { ...results, fileId, waitForCompletion: false });
	await take('results', { ...results, fileId, waitForCompletion: true });

	const onTag = (operation: string, parameters: INodeParameters = {}) => ({
		resource: 'tag',
		operation,
		...parameters,
	});
	evidence.tagsAfterUpload = await take('tags', onTag('getTags', { fileId }));
	await take('tags', onTag('create', { tag, description: 'Made by a check; may be deleted' }));
	await take('tags', onTag('get', { tag }));
	await take('tags', onTag('addTags', { fileId, tags: sentTags.join(',') }));
	await take('tags', onTag('getTags', { fileId }));
	await take('tags', onTag('getDocuments', { tag }));
	for (const name of sentTags) {
		await take('clean-up', onTag('removeDocuments', { tag: name, fileIds: fileId }));
		await take('clean-up', onTag('delete', { tag: name }));
	}
	return { steps, evidence };
}
