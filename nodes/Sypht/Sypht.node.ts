import {
	NodeConnectionTypes,
	NodeOperationError,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { findOperation, resourceProperties, subtitle } from './resources';
import { searchProducts } from './fields/products';

export class Sypht implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Sypht',
		name: 'sypht',
		icon: { light: 'file:../../icons/sypht.svg', dark: 'file:../../icons/sypht.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle,
		description: 'Extract data from invoices, bills and receipts',
		defaults: { name: 'Sypht' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'syphtApi', required: true }],
		properties: resourceProperties,
	};

	methods = { listSearch: { searchProducts } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const resource = this.getNodeParameter('resource', 0);
		const operation = this.getNodeParameter('operation', 0);
		const found = findOperation(resource, operation);
		if (!found) {
			throw new NodeOperationError(
				this.getNode(),
				`This version of the node has no operation "${operation}" for "${resource}"`,
			);
		}
		return [await found.execute(this)];
	}
}
