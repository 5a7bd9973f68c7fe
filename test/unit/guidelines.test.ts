import {
	NodeHelpers,
	type INodeParameters,
	type INodeProperties,
	type INodePropertyCollection,
	type INodePropertyOptions,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { SyphtApi } from '../../credentials/SyphtApi.credentials';
import { Sypht } from '../../nodes/Sypht/Sypht.node';
import { SyphtTrigger } from '../../nodes/Sypht/SyphtTrigger.node';
import { listProjectFiles, readProjectFile } from './support/projectFiles.mts';

const sypht = new Sypht().description;
const trigger = new SyphtTrigger().description;
const nodes: Array<[string, INodeTypeDescription]> = [
	['Sypht', sypht],
	['Sypht Trigger', trigger],
];

/** Properties with those inside of their collections, each with where it is. */
function listAll(properties: INodeProperties[], at = ''): Array<[string, INodeProperties]> {
	return properties.flatMap((property) => {
		const place = [at, operationOf(property), property.displayName].filter(Boolean).join(' > ');
		const inner = (property.options ?? []).flatMap((option) => {
			if ('values' in option) return listAll(option.values, `${place} > ${option.displayName}`);
			return 'type' in option ? listAll([option], place) : [];
		});
		return [[place, property] as [string, INodeProperties], ...inner];
	});
}

function operationOf({ displayOptions }: INodeProperties): string {
	const { resource = [], operation = [] } = displayOptions?.show ?? {};
	return [...resource, ...operation].join(' ');
}

const properties = nodes.flatMap(([name, { properties: own }]) => listAll(own, name));
const operations = sypht.properties
	.filter(({ name }) => name === 'operation')
	.flatMap(({ options }) => options as INodePropertyOptions[])
	.map((option) => [option.name, option] as const);

/** Every listed entry as it should be; the place of the others makes the message. */
function expectAll(
	entries: Array<[string, INodeProperties]>,
	isFine: (property: INodeProperties) => boolean,
): void {
	expect(entries.length).toBeGreaterThan(0);
	expect(entries.filter(([, property]) => !isFine(property)).map(([place]) => place)).toEqual([]);
}

const ofType = (...types: string[]) => properties.filter(([, { type }]) => types.includes(type));

describe('resource and operation', () => {
	it('come first, and take no expression', () => {
		const [first, second] = sypht.properties;
		expect([first.name, second.name]).toEqual(['resource', 'operation']);
		for (const property of sypht.properties) {
			if (['resource', 'operation'].includes(property.name)) {
				expect(property.noDataExpression).toBe(true);
			}
		}
	});

	it('every other parameter says which operation it is for', () => {
		const others = sypht.properties.filter(({ name }) => !['resource', 'operation'].includes(name));
		expectAll(
			others.map((property) => [property.displayName, property]),
			({ displayOptions }) =>
				displayOptions?.show?.resource !== undefined && displayOptions.show.operation !== undefined,
		);
	});

	it.each(operations)('%s: names and texts as the node panel shows them', (name, option) => {
		expect(name).toMatch(/^[A-Z]/);
		expect(option.action).toMatch(/^[A-Z][a-z]+ ([a-z ]|ID)+$/);
		expect(option.action).not.toMatch(/\b(a|an|the)\b/i);
		expect(option.description).toMatch(/^[A-Z].*[^.]$/);
		expect(option.description?.toLowerCase()).not.toBe(name.toLowerCase());
	});

	it('no two actions are named alike', () => {
		const actions = operations.map(([, { action }]) => action);
		expect(new Set(actions).size).toBe(actions.length);
	});
});

describe('parameters', () => {
	it('a placeholder is an example', () => {
		expectAll(
			ofType('string', 'number', 'json').filter(([, { placeholder }]) => placeholder !== undefined),
			({ placeholder }) => /^e\.g\. \S/.test(placeholder ?? ''),
		);
	});

	it('a required text without a default has an example', () => {
		expectAll(
			ofType('string').filter(([, { required }]) => required),
			({ placeholder, default: value }) => placeholder !== undefined || value !== '',
		);
	});

	it('the description of a switch begins with "Whether"', () => {
		expectAll(ofType('boolean'), ({ description }) => /^Whether /.test(description ?? ''));
	});

	it('optional fields, and the choices of a list, are in the order of the alphabet', () => {
		expectAll(ofType('collection', 'fixedCollection', 'options'), (property) => {
			const entries = property.options as Array<INodeProperties | INodePropertyOptions>;
			// The resource that most users need comes first.
			const names = entries
				.map((entry) => ('displayName' in entry ? entry.displayName : entry.name))
				.slice(property.name === 'resource' ? 1 : 0);
			return names.join() === names.toSorted((a, b) => a.localeCompare(b)).join();
		});
	});

	it('an ID has an example', () => {
		expectAll(
			ofType('string').filter(([, { displayName }]) => /\bIDs?$/.test(displayName)),
			({ placeholder }) => placeholder !== undefined,
		);
	});

	it('what is optional is in a collection, and a collection has no required field', () => {
		expectAll(ofType('collection'), ({ options }) =>
			(options as INodeProperties[]).every(({ required }) => !required),
		);
	});

	it('a list comes whole with Return All, or with a Limit of 50 at first', () => {
		const named = (wanted: string) => properties.filter(([, { name }]) => name === wanted);
		expect(named('returnAll')).toHaveLength(named('limit').length);
		expectAll(named('limit'), ({ default: limit, typeOptions, displayOptions }) =>
			[limit === 50, typeOptions?.minValue === 1, displayOptions?.show?.returnAll].every(Boolean),
		);
	});

	it('files are called data fields', () => {
		expect(JSON.stringify(properties)).not.toMatch(/binary (property|data)/i);
		expect(properties.map(([, { name }]) => name)).not.toContain('binaryPropertyName');
	});

	it('no text contains a gap or ends with two punctuation marks', () => {
		expectAll(properties, ({ displayName, description = '', hint = '' }) =>
			[displayName, description, hint].every((text) => text === text.trim() && !/\.\.$/.test(text)),
		);
	});

	it('each option of a list differs from the others', () => {
		expectAll(ofType('options', 'fixedCollection'), ({ options }) => {
			const names = (options as Array<INodePropertyOptions | INodePropertyCollection>).map(
				({ name }) => name,
			);
			return new Set(names).size === names.length;
		});
	});
});

describe('an option is shown only where it applies', () => {
	const isShown = (name: string, operation: string, given: INodeParameters) => {
		const { options: collection = {}, ...rest } = given;
		const owner = sypht.properties.find(
			(property) => property.name === 'options' && operationOf(property) === operation,
		);
		const option = (owner?.options as INodeProperties[]).find((one) => one.name === name);
		return NodeHelpers.displayParameter(
			collection as INodeParameters,
			option as INodeProperties,
			{ typeVersion: 1 },
			sypht,
			rest,
		);
	};

	it.each<[string, string, INodeParameters, INodeParameters]>([
		['timeout', 'document getResults', { waitForCompletion: true }, { waitForCompletion: false }],
		['timeout', 'workflow run', { waitForResults: true }, { waitForResults: false }],
		['reviewThreshold', 'workflow run', { waitForResults: true }, { waitForResults: false }],
		['maxPages', 'document getPageImage', { allPages: true }, { allPages: false }],
		['maxPages', 'document upload', {}, { options: { checkFile: false } }],
		['maxFileSize', 'document extract', {}, { options: { checkFile: false } }],
	])('%s of %s', (name, operation, applies, appliesNot) => {
		expect(isShown(name, operation, applies)).toBe(true);
		expect(isShown(name, operation, appliesNot)).toBe(false);
	});
});

describe('the trigger', () => {
	it('is named after the node, so that both are one entry of the node panel', () => {
		expect(trigger.displayName).toBe(`${sypht.displayName} Trigger`);
		expect(trigger.name).toBe(`${sypht.name}Trigger`);
	});

	it('its event is "Trigger On", without a description', () => {
		const event = trigger.properties.find(({ displayName }) => displayName === 'Trigger On');
		expect(event?.type).toBe('options');
		expect(event?.description).toBeUndefined();
	});
});

describe('secrets', () => {
	it('are password fields', () => {
		const secrets = new SyphtApi().properties.filter(({ name }) =>
			/secret|accessToken/i.test(name),
		);
		expect(secrets).toHaveLength(2);
		for (const { typeOptions } of secrets) expect(typeOptions?.password).toBe(true);
	});
});

describe.each(nodes)('%s', (displayName, description) => {
	const file = `nodes/Sypht/${displayName.replace(' ', '')}.node.json`;
	const codex = JSON.parse(readProjectFile(file)) as {
		node: string;
		alias: string[];
		categories: string[];
		resources: Record<string, Array<{ url: string }>>;
	};

	it('has a light and a dark icon, both drawings', () => {
		const { light, dark } = description.icon as { light: string; dark: string };
		expect(light).not.toBe(dark);
		for (const icon of [light, dark]) {
			expect(readProjectFile(icon.replace('file:', 'nodes/Sypht/'))).toMatch(/<svg[^>]*viewBox/);
		}
	});

	it('the codex belongs to it and is found by what people search', () => {
		expect(codex.node).toBe(`n8n-nodes-sypht.${description.name}`);
		const found = codex.alias.map((alias) => alias.toLowerCase());
		const searched = [
			'invoices',
			'receipts',
			'bills',
			'pdf extract',
			'invoice ocr',
			'read invoice',
			'extract invoice',
			'read pdf',
			'invoice parser',
			'extract data',
			'accounts payable',
			'expense',
			'purchase order',
			'scan',
			'smartextract',
			'processmaker',
		];
		expect(found).toEqual(expect.arrayContaining(searched));
	});

	it('the links of the codex lead to headings that exist', () => {
		const links = Object.values(codex.resources).flat();
		expect(links.length).toBeGreaterThan(0);
		for (const { url } of links) expect(headingsOf(url)).toContain(new URL(url).hash.slice(1));
	});
});

it('no text asks to add an option that is still off once it is added', () => {
	const offWhenAdded = properties.filter(([, { default: value }]) => value === false);
	const names = offWhenAdded.map(([, { displayName }]) => displayName);
	const adding = new RegExp(`\\b[Aa]dd (the option )?\\W*(${names.join('|')})\\b`);
	const pages = listProjectFiles('docs')
		.filter((file) => file.endsWith('.md'))
		.map((file) => readProjectFile(`docs/${file}`));
	for (const text of [...pages, JSON.stringify([sypht, trigger])]) expect(text).not.toMatch(adding);
});

it('the link of the credential leads to a heading that exists', () => {
	const { documentationUrl } = new SyphtApi();
	expect(headingsOf(documentationUrl)).toContain(new URL(documentationUrl).hash.slice(1));
});

/** The anchors of the document in this repository that an address means. */
function headingsOf(url: string): string[] {
	const { pathname } = new URL(url);
	const name = pathname.split('/blob/main/')[1] ?? 'README.md';
	const headings = readProjectFile(name).match(/^#+ .*$/gm) ?? [];
	const anchors = headings.map((heading) =>
		heading
			.replace(/^#+ /, '')
			.toLowerCase()
			.replaceAll(/[^\w\- ]/g, '')
			.replaceAll(' ', '-'),
	);
	return ['readme', ...anchors];
}
