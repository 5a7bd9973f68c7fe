import type { IDataObject, IExecuteFunctions, INodeProperties, IPollFunctions } from 'n8n-workflow';
import type { SyphtContext } from '../transport/types';
import type { Field, FieldValues } from './field';
import type { NodeContext } from './values';

/** A list of fields, and of those that are shown under Options. */
export interface FieldSet<Fields extends readonly Field[], Options extends readonly Field[]> {
	fields: Fields;
	options: Options;
}

export type SetValues<
	Fields extends readonly Field[],
	Options extends readonly Field[],
> = FieldValues<Fields> & FieldValues<Options>;

/** Reads the parameters of an item. @throws NodeOperationError when a value cannot be used */
export function readItemFields<
	const Fields extends readonly Field[],
	const Options extends readonly Field[],
>(
	context: IExecuteFunctions,
	itemIndex: number,
	set: FieldSet<Fields, Options>,
): SetValues<Fields, Options> {
	return read(context, set, (name, fallback) =>
		context.getNodeParameter(name, itemIndex, fallback),
	);
}

/** Reads the parameters of a trigger. @throws NodeOperationError when a value cannot be used */
export function readTriggerFields<
	const Fields extends readonly Field[],
	const Options extends readonly Field[],
>(context: IPollFunctions, set: FieldSet<Fields, Options>): SetValues<Fields, Options> {
	return read(
		context,
		set,
		(name, fallback) => context.getNodeParameter(name, fallback) as unknown,
	);
}

/** Completes the values that only Sypht knows, such as the company of the credential. */
export async function resolveFields<Values extends Record<string, unknown>>(
	context: SyphtContext,
	{ fields, options }: FieldSet<readonly Field[], readonly Field[]>,
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

/** A parameter that the editor does not show is not read either. */
function read<const Fields extends readonly Field[], const Options extends readonly Field[]>(
	context: NodeContext,
	{ fields, options }: FieldSet<Fields, Options>,
	getParameter: (name: string, fallback: unknown) => unknown,
): SetValues<Fields, Options> {
	const raw: IDataObject = { '@tool': context.getNode().type.endsWith('Tool') };
	const values: Record<string, unknown> = {};
	const add = ({ property, hidden, read: readValue }: Field, get: () => unknown) => {
		const { name } = property;
		if (isShown(property, raw)) {
			raw[name] = get() as IDataObject;
			values[name] = readValue(context, raw[name], values);
		} else if (!(name in values)) {
			values[name] = hidden;
		}
	};
	for (const field of fields) {
		const { name, default: fallback } = field.property;
		add(field, () => getParameter(name, fallback));
	}
	const given = options.length > 0 ? (getParameter('options', {}) as IDataObject) : {};
	for (const option of options) add(option, () => given[option.property.name]);
	return values as SetValues<Fields, Options>;
}

/** Whether `displayOptions` hold for the values that were read before; "/name" is a name outside of Options. */
function isShown({ displayOptions = {} }: INodeProperties, raw: IDataObject): boolean {
	const { show = {}, hide = {} } = displayOptions;
	const holds = ([name, wanted]: [string, unknown]) =>
		(wanted as unknown[]).includes(raw[name.replace('/', '')]);
	return Object.entries(show).every(holds) && !Object.entries(hide).some(holds);
}
