import {
	NodeOperationError,
	type IDataObject,
	type INodeProperties,
	type INodePropertyOptions,
} from 'n8n-workflow';
import type { SyphtContext } from '../transport/types';
import { isObject } from '../http/isObject';
import { isEmpty, readJson, readList, readNumber, toText, type NodeContext } from './values';

type NamedProperty<N extends string> = INodeProperties & { name: N };

/** A parameter with the name N: what the editor shows, and how its value V is read and checked. */
export interface Field<N extends string = string, V = unknown> {
	property: NamedProperty<N>;
	/** The value while the editor does not show the parameter. */
	hidden: V;
	/**
	 * @param earlier the values of the fields before this one
	 * @throws NodeOperationError when the value cannot be used
	 */
	read(context: NodeContext, value: unknown, earlier?: Record<string, unknown>): V;
	/** Completes a value that only Sypht knows, once requests may be sent. */
	resolve?(context: SyphtContext, value: V, deadline?: number): Promise<V>;
}

/** The values of fields, by name. Fields that share a name are shown in turn. */
export type FieldValues<Fields extends readonly Field[]> = {
	[F in Fields[number] as F['property']['name']]: ReturnType<F['read']>;
};

/** A property without what its kind of field implies: type, an empty default, and whether it is required. */
export type Given<N extends string> = Omit<NamedProperty<N>, 'type' | 'default' | 'required'> &
	Partial<Pick<INodeProperties, 'type' | 'default'>>;

/** A text that may be empty. */
export function textField<const N extends string>(given: Given<N>): Field<N, string> {
	return {
		property: { type: 'string', default: '', ...given },
		hidden: '',
		read: (_context, value) => toText(value),
	};
}

/** An ID or a name in a path that may be empty. "." and ".." would point to another path. */
export function nameField<const N extends string>(given: Given<N>): Field<N, string> {
	return checked(
		textField(given),
		(name) =>
			['.', '..'].includes(name) && { message: `"${name}" can't be used as ${given.displayName}` },
	);
}

/** An ID or a name in a path. */
export function requiredNameField<const N extends string>(given: Given<N>): Field<N, string> {
	return required(nameField(given), (name) => name === '');
}

/** A list of text values that may be empty. */
export function listField<const N extends string>(given: Given<N>): Field<N, string[]> {
	return {
		property: { type: 'string', default: '', ...given },
		hidden: [],
		read: (context, value) => readList(context, value, given.displayName),
	};
}

/** A list of at least one text value. */
export function requiredListField<const N extends string>(given: Given<N>): Field<N, string[]> {
	return required(listField(given), (names) => names.length === 0);
}

export function booleanField<const N extends string>(
	given: Given<N> & { default: boolean },
): Field<N, boolean> {
	return {
		property: { type: 'boolean', ...given },
		hidden: given.default,
		read: (_context, value) => (value ?? given.default) === true,
	};
}

/** A whole number within the property's bounds; the default of the property when empty. */
export function numberField<const N extends string>(
	given: Given<N> & { default: number },
): Field<N, number> {
	const field = optionalNumberField(given);
	return {
		property: field.property,
		hidden: given.default,
		read: (context, value) => field.read(context, value) ?? given.default,
	};
}

/** A whole number within the property's bounds; undefined when empty. */
export function optionalNumberField<const N extends string>(
	given: Given<N> & { default: number },
): Field<N, number | undefined> {
	const property: NamedProperty<N> = {
		type: 'number',
		...given,
		typeOptions: { numberPrecision: 0, ...given.typeOptions },
	};
	return {
		property,
		hidden: undefined,
		read: (context, value) => readNumber(context, value, property),
	};
}

/** One of the property's options. */
export function optionsField<const N extends string, const Value extends string>(
	given: Omit<Given<N>, 'options'> & {
		options: Array<INodePropertyOptions & { value: Value }>;
		default: Value;
	},
): Field<N, Value> {
	return {
		property: { type: 'options', ...given } as NamedProperty<N>,
		hidden: given.default,
		read(context, value) {
			const asked = isEmpty(value) ? given.default : value;
			const values = given.options.map((option) => option.value);
			if (values.includes(asked as Value)) return asked as Value;
			const message = `"${toText(value)}" is not an option of ${given.displayName}`;
			const description = `Use one of: ${values.join(', ')}.`;
			throw new NodeOperationError(context.getNode(), message, { description });
		},
	};
}

function jsonField<const N extends string>(given: Given<N>): Field<N> {
	return {
		property: { type: 'json', default: '{}', ...given },
		hidden: undefined,
		read: (context, value) => readJson(context, value, given.displayName),
	};
}

/** Any JSON value. */
export function requiredJsonField<const N extends string>(given: Given<N>): Field<N> {
	return required(jsonField(given), (value) => value === undefined);
}

/** A JSON object that may be empty. */
export function objectField<const N extends string>(given: Given<N>): Field<N, IDataObject> {
	const field = checked(
		jsonField(given),
		(value) =>
			!isObject(value ?? {}) && {
				message: `${given.displayName} must be a JSON object`,
				description: 'Write it in braces, e.g. { "name": "value" }.',
			},
	);
	return {
		property: field.property,
		hidden: {},
		read: (context, value) => (field.read(context, value) ?? {}) as IDataObject,
	};
}

/** A JSON object that is not empty. */
export function requiredObjectField<const N extends string>(
	given: Given<N>,
): Field<N, IDataObject> {
	return required(objectField(given), (object) => Object.keys(object).length === 0);
}

/** A date as `YYYY-MM-DD`, from a date picker or an expression; empty when there is none. */
export function dateField<const N extends string>(given: Given<N>): Field<N, string> {
	return {
		property: { type: 'dateTime', typeOptions: { dateOnly: true }, default: '', ...given },
		hidden: '',
		read(context, value) {
			const isDate = value instanceof Date && !Number.isNaN(value.getTime());
			const timeZone = context.getTimezone();
			// The Swedish locale formats a date as YYYY-MM-DD.
			const text = isDate ? value.toLocaleDateString('sv-SE', { timeZone }) : toText(value);
			if (text === '' || /^\d{4}-\d\d-\d\d(?!\d)/.test(text)) return text.slice(0, 10);
			const message = `${given.displayName} must be a date such as 2026-12-31`;
			throw new NodeOperationError(context.getNode(), message);
		},
	};
}

/** Why a value cannot be used. */
export interface Problem {
	message: string;
	description?: string;
}

/** The field with a check of its value. */
export function checked<N extends string, V>(
	field: Field<N, V>,
	findProblem: (value: V, earlier: Record<string, unknown>) => Problem | false | undefined,
): Field<N, V> {
	return {
		...field,
		read(context, given, earlier = {}) {
			const value = field.read(context, given, earlier);
			const problem = findProblem(value, earlier);
			if (!problem) return value;
			const { message, description } = problem;
			throw new NodeOperationError(context.getNode(), message, { description });
		},
	};
}

/** The field with an error for an empty value. */
export function required<N extends string, V>(
	{ property, ...field }: Field<N, V>,
	isMissing: (value: V) => boolean,
	advice?: string,
): Field<N, V> {
	const message = `${property.displayName} is empty`;
	return checked(
		{ ...field, property: { ...property, required: true } },
		(value) => isMissing(value) && { message, description: advice },
	);
}
