import { readAsItIs, type StoredDocument, type Work } from './documents.mts';
import type { ResultField } from './reading/fields.mts';
import type { Context } from './routes/context.mts';
import { readChildProducts, splitDocument } from './split.mts';
import { Refusal } from './refusal.mts';

/** A condition of a validation (docs.sypht.com, "Validation"). */
interface Condition {
	type: string;
	field: string;
	min?: number | string | null;
	max?: number | string | null;
}

interface ValidationOptions {
	prediction: {
		fieldset: string;
		conditions: Condition[];
		createTask: { submit: boolean; priority: number };
	};
}

/**
 * Chooses how to process an uploaded document, by the form's `workflowId`. A validation finishes at
 * once, because nobody does the task.
 */
export function chooseWork(context: Context, fields: Record<string, string>): Work {
	const { workflowId, workflowOptions = '{}' } = fields;
	const options = parseOptions(workflowOptions);
	switch (workflowId) {
		case 'split':
			return async (document) => await splitDocument(context, document, readChildProducts(options));
		case 'validate':
			return async (document, read) => {
				const results = read();
				review(context, document, results, options as ValidationOptions);
				return results;
			};
		default:
			return readAsItIs;
	}
}

function review(
	{ company }: Context,
	{ fileId }: StoredDocument,
	results: ResultField[],
	{ prediction: { fieldset, conditions, createTask } }: ValidationOptions,
): void {
	const isDoubtful = conditions.some(({ type, field, min, max }) => {
		const found = results.find(({ name }) => name === field);
		const number = Number(type === 'field-confidence-range' ? found?.confidence : found?.value);
		return !(number >= Number(min ?? -Infinity) && number <= Number(max ?? Infinity));
	});
	if (isDoubtful && createTask.submit) {
		company.reviewTasks.create(fileId, fieldset, 1, createTask.priority);
	}
}

function parseOptions(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		throw new Refusal(400, 'workflowOptions must be JSON');
	}
}
