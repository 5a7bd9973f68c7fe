import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { formatResult, type OutputOptions } from '../results';
import type { FinishedDocument } from './model';

/** The items of a document: one, or one for each of its lines. */
export function toItems(
	{ is: event, body }: FinishedDocument,
	output: OutputOptions,
): INodeExecutionData[] {
	const outputs =
		event === 'documentFailed'
			? [{ event, ...body }]
			: toOutputs(body, { ...output, origin: { event } });
	return outputs.map((json) => ({ json }));
}

/** At least one: a document without line items starts the workflow too. */
function toOutputs(body: IDataObject, output: OutputOptions): IDataObject[] {
	const outputs = formatResult(body, output);
	return outputs.length > 0 ? outputs : formatResult(body, { ...output, output: 'selected' });
}
