import type { INodeExecutionData } from 'n8n-workflow';
import { formatResult, type OutputOptions } from '../results';
import type { FinishedDocument } from './model';

/** The items of a document: one, or one for each of its lines. */
export function toItems(
	{ is: event, body }: FinishedDocument,
	output: OutputOptions,
): INodeExecutionData[] {
	if (event === 'documentFailed') return [{ json: { event, ...body } }];
	const options = { ...output, origin: { event } };
	const lines = formatResult(body, options);
	// A document without line items starts the workflow too.
	const outputs = lines.length > 0 ? lines : formatResult(body, { ...options, output: 'selected' });
	return outputs.map((json) => ({ json }));
}
