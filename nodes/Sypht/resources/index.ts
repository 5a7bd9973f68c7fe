import type { INodeProperties } from 'n8n-workflow';
import { annotation } from './annotation';
import { company } from './company';
import { document } from './document';
import { entity } from './entity';
import { reviewTask } from './reviewTask';
import { addCondition, sortByText } from '../fields/common';
import type { Operation } from './shared/defineOperation';
import { specification } from './specification';
import { tag } from './tag';
import { validationRules } from './validationRules';
import { workflow } from './workflow';
import { workflowData } from './workflowData';

interface Resource {
	name: string;
	operations: Operation[];
	/** The operation that a new node starts with. */
	defaultOperation: string;
}

/** All resources by the value of Resource, the most used one first. */
const resources: Record<string, Resource> = {
	document: { name: 'Document', operations: document, defaultOperation: 'extract' },
	annotation: { name: 'Annotation', operations: annotation, defaultOperation: 'getAll' },
	company: { name: 'Company', operations: company, defaultOperation: 'get' },
	entity: { name: 'Entity', operations: entity, defaultOperation: 'upsert' },
	reviewTask: { name: 'Review Task', operations: reviewTask, defaultOperation: 'create' },
	specification: { name: 'Specification', operations: specification, defaultOperation: 'update' },
	tag: { name: 'Tag', operations: tag, defaultOperation: 'addDocuments' },
	validationRules: {
		name: 'Validation Rules',
		operations: validationRules,
		defaultOperation: 'get',
	},
	workflow: { name: 'Workflow', operations: workflow, defaultOperation: 'run' },
	workflowData: { name: 'Workflow Data', operations: workflowData, defaultOperation: 'get' },
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
	...Object.entries(resources).flatMap(([resource, { operations, defaultOperation }]) => [
		{
			displayName: 'Operation',
			name: 'operation',
			type: 'options' as const,
			noDataExpression: true,
			displayOptions: { show: { resource: [resource] } },
			options: sortByText(
				operations.map(({ option }) => option),
				({ name }) => name,
			),
			default: defaultOperation,
		},
		...operations.flatMap(({ option, properties }) =>
			properties.map((property) =>
				addCondition(property, 'show', { resource: [resource], operation: [option.value] }),
			),
		),
	]),
];

const operationNames = Object.fromEntries(
	Object.entries(resources).flatMap(([value, { name: resource, operations }]) =>
		operations.map(({ option: { value: operation, name } }) => [
			`${value}.${operation}`,
			tellsResource(name, resource) ? name : `${name}: ${resource}`,
		]),
	),
);

/** Operations on documents need no more than their name, unless that is as short as "Get". */
function tellsResource(operation: string, resource: string): boolean {
	return operation.includes(resource === 'Document' ? ' ' : resource);
}

/**
 * Tells nodes apart on the canvas by operation, resource and what they work with. An expression has no
 * value there, and would blank the whole subtitle.
 */
export const subtitle = `={{ [(${JSON.stringify(operationNames)})[$parameter["resource"] + "." + $parameter["operation"]], $rawParameter["products"]?.value || $rawParameter["products"] || $rawParameter["tag"]].filter((part) => part && !String(part).startsWith("=")).reduce((text, detail) => text + (text.includes(": ") ? ", " : ": ") + detail) }}`;

export function findOperation(resource: string, operation: string): Operation | undefined {
	return resources[resource]?.operations.find(({ option }) => option.value === operation);
}
