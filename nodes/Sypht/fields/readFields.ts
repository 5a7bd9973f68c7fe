import type { IDataObject, IExecuteFunctions, INodeProperties, IPollFunctions } from 'n8n-workflow';
import type { SyphtContext } from '../transport/types';
import type { Field, FieldValues } from './field';
import type { NodeContext } from './values';

/** A list of fields, and of those that are shown under Options. */
export interface FieldSet {
	fields: readonly Field[];
	options: readonly Field[];
}

export type SetValues<F extends readonly Field[], O extends readonly Field[]> = FieldValues<F> &
	FieldValues<O>;

/** Reads the parameters of an item. @throws NodeOperationError when a value cannot be used */
export function readItemFields<S extends FieldSet>(
	context: IExecuteFunctions,
	itemIndex: number,
	set: S,
): SetValues<S['fields'], S['options']> {
	return read(context, set, (name, fallback) =>
		context.getNodeParameter(name, itemIndex, fallback),
	);
}

/** Reads the parameters of a trigger. @throws NodeOperationError when a value cannot be used */
export function readTriggerFields<S extends FieldSet>(
	context: IPollFunctions,
	set: S,
): SetValues<S['fields'], S['options']> {
	return read(context, set, (name, fallback): unknown => context.getNodeParameter(name, fallback));
}

/** Completes the values that only Sypht knows, such as the company of the credential. */
export async function resolveFields<Values extends Record<string, unknown>>(
	context: SyphtContext,
	{ fields, options }: FieldSet,
	values: Values,
	deadline?: number,
): Promise<Values> {
	const resolved: Record<string, unknown> = { ...values };
	for (const { property, resolve } of [...fields, ...options]) {
		const { name } = property;
		if (resolve) resolved[name] = await resolve(context, resolved[name], deadline);
	}
	return resolved as Values;
}

/** Whether an agent runs the node. */
export function isTool(context: NodeContext): boolean {
	return context.getNode().type.endsWith('Tool');
}

/** A parameter that the editor does not show is not read either. */
function read<S extends FieldSet>(
	context: NodeContext,
	{ fields, options }: S,
	getParameter: (name: string, fallback: unknown) => unknown,
): SetValues<S['fields'], S['options']> {
	const shown: Record<string, unknown> = { '@tool': isTool(context) };
	const values: Record<string, unknown> = {};
	const add = (field: Field, get: () => unknown) => {
		const { name } = field.property;
		if (isShown(field.property, shown)) {
			shown[name] = values[name] = field.read(context, get(), values);
		} else if (!(name in values)) {
			values[name] = field.hidden;
		}
	};
	for (const field of fields) {
		const { name, default: fallback } = field.property;
		add(field, () => getParameter(name, fallback));
	}
	const given = options.length > 0 ? (getParameter('options', {}) as IDataObject) : {};
	for (const option of options) add(option, () => given[option.property.name]);
	return values as SetValues<S['fields'], S['options']>;
}

/**
 * Whether `displayOptions` hold for the fields that are shown before, by the values that they were read
 * as: an expression can return null for a default. "/name" is a name outside of Options.
 */
function isShown(
	{ displayOptions = {} }: INodeProperties,
	shown: Record<string, unknown>,
): boolean {
	const { show = {}, hide = {} } = displayOptions;
	const holds = ([name, wanted]: [string, unknown]) =>
		(wanted as unknown[]).includes(shown[name.replace('/', '')]);
	return Object.entries(show).every(holds) && !Object.entries(hide).some(holds);
}
