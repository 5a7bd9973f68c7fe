import type { INodeProperties } from 'n8n-workflow';
import { document } from './document';
import { showFor, type Operation } from './shared/parameters';
import { tag } from './tag';

interface Resource {
	name: string;
	operations: Operation[];
	/** The operation that a new node starts with. */
	defaultOperation: string;
}

/** All that the node can do, by the value of Resource. */
const resources: Record<string, Resource> = {
	document: { name: 'Document', operations: document, defaultOperation: 'extract' },
	tag: { name: 'Tag', operations: tag, defaultOperation: 'addDocuments' },
};

export const resourceProperties: INodeProperties[] = [
	{
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: Object.entries(resources).map(([value, { name }]) => ({ name, value })),
		default: 'document',
	},
	...Object.entries(resources).flatMap(([value, { operations, defaultOperation }]) => [
		toOperationProperty(value, operations, defaultOperation),
		...operations.flatMap(({ option, properties }) => showFor(value, option.value, properties)),
	]),
];

/** Finds an operation; a node whose parameters name none that exists can't be run. */
export function findOperation(resource: string, operation: string): Operation | undefined {
	return resources[resource]?.operations.find(({ option }) => option.value === operation);
}

function toOperationProperty(
	resource: string,
	operations: Operation[],
	defaultOperation: string,
): INodeProperties {
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [resource] } },
		options: operations.map(({ option }) => option).sort((a, b) => a.name.localeCompare(b.name)),
		default: defaultOperation,
	};
}
