import type { IDataObject, INodePropertyCollection } from 'n8n-workflow';
import type { Field, FieldValues, Given } from './field';
import type { NodeContext } from './values';

/** A group of fields in a `fixedCollection`. */
export function fieldGroup(
	displayName: string,
	name: string,
	fields: ReadonlyArray<Pick<Field, 'property'>>,
): INodePropertyCollection {
	return { displayName, name, values: fields.map(({ property }) => property) };
}

/** Reads fields from the object that n8n keeps their values in. */
export function readGroup<const Fields extends readonly Field[]>(
	context: NodeContext,
	fields: Fields,
	given: IDataObject,
	earlier?: Record<string, unknown>,
): FieldValues<Fields> {
	const entries = fields.map(({ property: { name }, read }) => [
		name,
		read(context, given[name], earlier),
	]);
	return Object.fromEntries(entries) as FieldValues<Fields>;
}

/** Fields of which a user adds some; the others are empty. */
export function collectionField<const N extends string, const Fields extends readonly Field[]>(
	given: Given<N>,
	fields: Fields,
): Field<N, FieldValues<Fields>> {
	return {
		property: {
			type: 'collection',
			default: {},
			...given,
			options: fields.map(({ property }) => property),
		},
		hidden: {} as FieldValues<Fields>,
		read: (context, value, earlier) =>
			readGroup(context, fields, (value ?? {}) as IDataObject, earlier),
	};
}

/** A list of rows, whose values are as the user entered them. */
export function rowsField<const N extends string>(
	given: Given<N>,
	row: INodePropertyCollection,
): Field<N, IDataObject[]> {
	return {
		property: {
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			default: {},
			...given,
			options: [row],
		},
		hidden: [],
		read: (_context, value) => ((value as IDataObject)?.[row.name] ?? []) as IDataObject[],
	};
}
