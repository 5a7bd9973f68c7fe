import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeProperties,
} from 'n8n-workflow';
import { readJson, readJsonObject } from './json';
import { readList, readNumber, toText } from './values';

type NodeContext = Pick<IExecuteFunctions, 'getNode' | 'getTimezone'>;

type NamedProperty<Name extends string> = INodeProperties & { name: Name };

/** A parameter of the node: what the editor shows, and how its value is read and checked. */
export interface Field<Name extends string = string, Value = unknown> {
	property: NamedProperty<Name>;
	/** @throws NodeOperationError when the value can't be used */
	read(context: NodeContext, value: unknown): Value;
}

/** What fields give, by their names. */
export type FieldValues<Fields extends readonly Field[]> = {
	[F in Fields[number] as F['property']['name']]: ReturnType<F['read']>;
};

/** A text that may be empty. */
export function textField<const Name extends string>(
	property: NamedProperty<Name>,
): Field<Name, string> {
	return { property, read: (_context, value) => toText(value) };
}

/** An ID or a name: not empty, and nothing that would point elsewhere in an address. */
export function nameField<const Name extends string>(
	property: NamedProperty<Name>,
): Field<Name, string> {
	const { displayName } = property;
	return {
		property,
		read(context, value) {
			const name = toText(value);
			if (name !== '' && name !== '.' && name !== '..') return name;
			throw new NodeOperationError(
				context.getNode(),
				name === '' ? `${displayName} is empty` : `"${name}" can't be used as ${displayName}`,
			);
		},
	};
}

/** A list of texts, which may be empty. */
export function listField<const Name extends string>(
	property: NamedProperty<Name>,
): Field<Name, string[]> {
	return { property, read: (context, value) => readList(context, value, property.displayName) };
}

/** A list of texts with one at least. */
export function namesField<const Name extends string>(
	property: NamedProperty<Name>,
): Field<Name, string[]> {
	return {
		property,
		read(context, value) {
			const names = readList(context, value, property.displayName);
			if (names.length > 0) return names;
			throw new NodeOperationError(context.getNode(), `${property.displayName} is empty`);
		},
	};
}

export function booleanField<const Name extends string>(
	property: NamedProperty<Name>,
): Field<Name, boolean> {
	return { property, read: (_context, value) => (value ?? property.default) === true };
}

/** A whole number in the property's bounds; undefined when it is not given. */
export function numberField<const Name extends string>(
	given: NamedProperty<Name>,
): Field<Name, number | undefined> {
	const property = { ...given, typeOptions: { ...given.typeOptions, numberPrecision: 0 } };
	return { property, read: (context, value) => readNumber(context, value, property) };
}

/** Any JSON value, which must be there. */
export function jsonField<const Name extends string>(
	property: NamedProperty<Name>,
): Field<Name, unknown> {
	return {
		property,
		read(context, value) {
			const read = readJson(context, value, property.displayName);
			if (read !== undefined) return read;
			throw new NodeOperationError(context.getNode(), `${property.displayName} is empty`);
		},
	};
}

/** A JSON object, which may be empty. */
export function objectField<const Name extends string>(
	property: NamedProperty<Name>,
): Field<Name, IDataObject> {
	return {
		property,
		read: (context, value) => readJsonObject(context, value, property.displayName),
	};
}

/** A JSON object with something in it. */
export function filledObjectField<const Name extends string>(
	property: NamedProperty<Name>,
): Field<Name, IDataObject> {
	return {
		property,
		read(context, value) {
			const object = readJsonObject(context, value, property.displayName);
			if (Object.keys(object).length > 0) return object;
			throw new NodeOperationError(context.getNode(), `${property.displayName} is empty`);
		},
	};
}

/** A day, as `YYYY-MM-DD`, of what a date picker or an expression gives; empty when there is none. */
export function dayField<const Name extends string>(
	property: NamedProperty<Name>,
): Field<Name, string> {
	return {
		property,
		read(context, value) {
			const text = isDate(value) ? toDay(value, context.getTimezone()) : toText(value);
			if (text === '' || /^\d{4}-\d\d-\d\d(?!\d)/.test(text)) return text.slice(0, 10);
			throw new NodeOperationError(
				context.getNode(),
				`${property.displayName} must be a date such as 2026-12-31`,
			);
		},
	};
}

function isDate(value: unknown): value is Date {
	return value instanceof Date && !Number.isNaN(value.getTime());
}

/** The day that it is in the time zone of the workflow; Swedes write it as the service does. */
function toDay(date: Date, timeZone: string): string {
	return new Intl.DateTimeFormat('sv-SE', { timeZone }).format(date);
}

/** Fields of which a user adds those that are wanted; the others are undefined. */
export function collectionField<const Name extends string, const Fields extends readonly Field[]>(
	property: NamedProperty<Name>,
	fields: Fields,
): Field<Name, Partial<FieldValues<Fields>>> {
	return {
		property: { ...property, options: fields.map((field) => field.property) },
		read(context, value) {
			const given = Object.entries((value ?? {}) as IDataObject);
			const read = given.flatMap(([name, part]) => {
				const field = fields.find(({ property: { name: known } }) => known === name);
				return field ? [[name, field.read(context, part)]] : [];
			});
			return Object.fromEntries(read) as Partial<FieldValues<Fields>>;
		},
	};
}
