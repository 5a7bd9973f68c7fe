import type { GenericValue, IDataObject } from 'n8n-workflow';
import { addProperty, findFreeKey } from './objects';

/** A tree of fields, by the parts of their names. */
interface FieldTree<T> {
	/** The fields whose name ends here: more than one when a name occurs twice. */
	fields: T[];
	children: Map<string, FieldTree<T>>;
}

/** Deeper names keep their rest in one piece. */
const MAX_DEPTH = 20;

/** Sorts fields into a tree, by the parts of their names between dots. */
export function nestFields<T extends { name: string }>(fields: T[]): FieldTree<T> {
	const root: FieldTree<T> = { fields: [], children: new Map() };
	for (const field of fields) {
		const parts = field.name.split('.');
		const path = [...parts.slice(0, MAX_DEPTH - 1), parts.slice(MAX_DEPTH - 1).join('.')];
		let tree = root;
		for (const part of path.slice(0, parts.length)) tree = descend(tree, part);
		tree.fields.push(field);
	}
	return root;
}

/**
 * Makes an object of a tree, so that expressions such as `fields.invoice.total` work. A field that
 * is also a group of others has its own value under `value` in that group.
 *
 * @param pick the value to take from a field; undefined leaves it out
 */
export function toObject<T>(
	tree: FieldTree<T>,
	pick: (field: T) => GenericValue | IDataObject | undefined,
): IDataObject {
	const object: IDataObject = {};
	for (const [part, child] of tree.children) {
		const picked = child.fields.map(pick).filter((value) => value !== undefined);
		const own = picked.length > 1 ? picked : picked[0];
		const group = toObject(child, pick);
		const isGroup = child.children.size > 0;
		if (isGroup && own !== undefined) group[findFreeKey(group, 'value')] = own as IDataObject;
		if (isGroup ? Object.keys(group).length > 0 : own !== undefined) {
			addProperty(object, part, isGroup ? group : own);
		}
	}
	return object;
}

function descend<T>(tree: FieldTree<T>, part: string): FieldTree<T> {
	const existing = tree.children.get(part);
	if (existing) return existing;
	const child: FieldTree<T> = { fields: [], children: new Map() };
	tree.children.set(part, child);
	return child;
}
