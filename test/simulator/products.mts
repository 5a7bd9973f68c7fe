import type { ResultField } from './reading/fields.mts';
import { Refusal } from './refusal.mts';

/** What a client asks for: ids of products or of field sets. */
export type Products = string[];

/** Uploads may name no products; public sources say that the account then decides. */
const DEFAULT_PRODUCTS: Products = ['invoices'];

/** The field sets that public clients know. They also work without the prefix. */
const FIELD_SETS = ['bank', 'bill', 'bpay', 'document', 'generic', 'invoice'];
const FIELD_SET = new RegExp(`^(?:sypht\\.)?(${FIELD_SETS.join('|')})(?:\\[(\\w+)\\])?$`);

/**
 * Reads the products of an upload, which go by one of three names, or by none. An empty list is
 * accepted with a workflow, as Sypht's command line client sends it.
 */
export function readProducts(form: Record<string, unknown>): Products {
	const { products, fieldSets, fieldSet, workflowId } = form;
	const given = [products, fieldSets, fieldSet].filter((field) => field !== undefined);
	if (given.length === 0) return DEFAULT_PRODUCTS;
	if (given.length > 1) {
		throw new Refusal(400, 'Only one of products, fieldSets and fieldSet can be used');
	}
	const list = given[0] === fieldSet ? [fieldSet] : parse(given[0]);
	const isEmpty = Array.isArray(list) && list.length === 0;
	return isEmpty && workflowId !== undefined ? DEFAULT_PRODUCTS : checkProducts(list);
}

/** Refuses what is not a list of ids, and field sets that nobody knows (`sypht.incorrect`). */
export function checkProducts(products: unknown): Products {
	if (!Array.isArray(products) || products.length === 0 || !products.every(isId)) {
		throw new Refusal(400, 'products must be a JSON array of at least one product id');
	}
	const unknown = products.find((id) => id.startsWith('sypht.') && !FIELD_SET.test(id));
	if (unknown !== undefined) {
		throw new Refusal(403, `The company does not have permission to use fieldSet ${unknown}`);
	}
	return products;
}

/**
 * The fields that products ask for: a field set contains the fields of its group, `sypht.invoice[name]`
 * one of them in all its versions, and any other product all fields.
 */
export function chooseFields(fields: ResultField[], products: Products): ResultField[] {
	const sets = products.map((product) => FIELD_SET.exec(product));
	return fields.filter(({ name }) =>
		sets.some((set) => {
			if (!set) return true;
			const [, group, field] = set;
			return field ? name.split(':')[0] === `${group}.${field}` : name.startsWith(`${group}.`);
		}),
	);
}

function isId(product: unknown): product is string {
	return typeof product === 'string' && product !== '';
}

function parse(text: unknown): unknown {
	if (typeof text !== 'string') return text;
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
