import type { INodeParameters } from 'n8n-workflow';
import { newCredential } from './service.mts';
import { fileItems, type SyphtWorkflow } from './workflow.mts';

/** As much of a PDF as the checks before an upload look at, with bytes that are not UTF-8. */
export const PDF = Buffer.from('%PDF-1.4\n%%EOF, \xff\xfe\x00 bytes and all', 'latin1');

/**
 * An operation that uploads the file in `data` of each item, with a new credential.
 *
 * @param input the items, or how many items with a PDF file each
 */
export function uploadWorkflow(
	operation: string,
	input: SyphtWorkflow['input'] | number,
	parameters: INodeParameters = {},
	settings: Partial<SyphtWorkflow> = {},
): SyphtWorkflow {
	return {
		parameters: {
			resource: 'document',
			operation,
			inputDataFieldName: 'data',
			products: 'invoices',
			...parameters,
		},
		input: typeof input === 'number' ? fileItems(input, PDF) : input,
		credential: newCredential(),
		...settings,
	};
}
