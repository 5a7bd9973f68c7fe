import { writeFile } from 'node:fs/promises';

/** The parts of a node's description that are used here. */
interface Property {
	displayName?: string;
	name: string;
	value?: unknown;
	description?: string;
	type?: string;
	required?: boolean;
	options?: unknown;
	displayOptions?: { show?: Record<string, unknown[] | undefined> };
}

/** A call of Sypht's Python client, and the operation that does the same. */
export interface PythonCall {
	call: string;
	/** Resource and operation, with a dot between them. */
	operation: string;
	/** Method and path. */
	request: string;
}

/** Relative to the project's folder. */
export const OPERATIONS_DOCS = 'docs/operations.md';

const HEAD = `# Operations

Everything the node **Sypht** can do. Parameters in bold are required when the editor shows them; for example, Input Type chooses between
Input Data Field Name and File URL. The last column names the call of
[Sypht's Python client](https://github.com/sypht-team/sypht-python-client) that does the same. Its \`delete_workflow_data\` deletes
validation rules; the operation here deletes the data.

\`npm run docs\` writes this page from the node.
`;

/** Lists the operations of a node, as resource and operation with a dot between them. */
export function listOperations(properties: Property[]): string[] {
	return readOptions(find(properties, 'resource')[0]).flatMap((resource) =>
		readOptions(findOperation(properties, resource)).map(
			({ value }) => `${String(resource.value)}.${String(value)}`,
		),
	);
}

/** Makes the page from the properties of the node's description. */
export function makeOperationsDocs(properties: Property[], calls: PythonCall[]): string {
	const sections = readOptions(find(properties, 'resource')[0]).map((resource) => {
		const rows = readOptions(findOperation(properties, resource)).map((operation) => {
			const id = `${String(resource.value)}.${String(operation.value)}`;
			const parameters = properties.filter(
				({ displayOptions }) =>
					displayOptions?.show?.resource?.includes(resource.value) &&
					displayOptions.show.operation?.includes(operation.value),
			);
			// A parameter with several forms is described by the first one, which is the usual one.
			const labels = parameters.map(labelOf);
			const names = parameters
				.filter((one, index) => labels.indexOf(labelOf(one)) === index)
				.map(describeParameter);
			const same = calls.filter((call) => call.operation === id);
			return [
				labelOf(operation),
				`${operation.description ?? ''}.`,
				names.join(', '),
				same.map(({ call }) => `\`${call}\``).join(', ') || '–',
			];
		});
		return `## ${labelOf(resource)}\n\n${toTable(rows)}`;
	});
	return [HEAD, ...sections].join('\n');
}

export async function writeOperationsDocs(text: string): Promise<void> {
	await writeFile(OPERATIONS_DOCS, text);
}

function toTable(rows: string[][]): string {
	const head = ['Operation', 'What it does', 'Parameters', 'Python client'];
	const lines = [head, head.map(() => '---'), ...rows];
	return lines.map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}

function describeParameter(parameter: Property): string {
	const { required, type } = parameter;
	const name = required ? `**${labelOf(parameter)}**` : labelOf(parameter);
	if (type !== 'collection') return name;
	return `${name} (${readOptions(parameter).map(labelOf).join(', ')})`;
}

function findOperation(properties: Property[], resource: Property): Property | undefined {
	return find(properties, 'operation').find(({ displayOptions }) =>
		displayOptions?.show?.resource?.includes(resource.value),
	);
}

function find(properties: Property[], name: string): Property[] {
	return properties.filter((property) => property.name === name);
}

function readOptions(property: Property | undefined): Property[] {
	return (property?.options ?? []) as Property[];
}

/** An option of a list has only a name, which is what to show. */
function labelOf({ displayName, name }: Property): string {
	return displayName ?? name;
}
