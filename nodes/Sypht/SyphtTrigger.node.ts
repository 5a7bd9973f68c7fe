import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';
import { triggerProperties } from './trigger/settings';
import { pollDocuments } from './trigger/poll';
import { pollSample } from './trigger/sample';

export class SyphtTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Sypht Trigger',
		name: 'syphtTrigger',
		icon: { light: 'file:../../icons/sypht.svg', dark: 'file:../../icons/sypht.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle:
			'={{ [$rawParameter["tag"], { documentCompleted: "completed", documentFailed: "failed", documentCompletedOrFailed: "completed or failed" }[$parameter["triggerOn"]]].filter((part) => part && !part.startsWith("=")).join(": ") }}',
		description: 'Extract data from invoices, bills and receipts, or start when one is completed',
		defaults: { name: 'Sypht Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'syphtApi', required: true }],
		properties: triggerProperties,
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		if (this.getMode() === 'manual') return [await pollSample(this)];
		const items = await pollDocuments(this);
		return items && [items];
	}
}
