import { isResourceLocatorValue, type INodeListSearchResult } from 'n8n-workflow';
import { checked, listField, type Field } from './field';

/**
 * Products that public clients and documents name. The service has no list of them, and companies have
 * products of their own.
 *
 * Sources: docs.sypht.com "Prediction" and "Split"; tests of the Python client; for `sypht.…`, which are
 * the only ones that SmartExtract is known to have, the README of pm-smartextract-node-client.
 */
const SUGGESTIONS = {
	invoices: 'Invoices',
	'invoices:2': 'Invoices, version 2',
	'forms-&-reports': 'Forms and reports',
	'ndis-claims': 'NDIS claims',
	'ndis-claims:2': 'NDIS claims, version 2',
	'sypht.invoice': 'Invoice fields',
	'sypht.document': 'Document fields',
	'sypht.bill': 'Bill fields',
	'sypht.bank': 'Bank fields',
	'sypht.bpay': 'BPAY fields',
	'sypht.generic': 'Any document',
};
const DEFAULT_PRODUCT = 'invoices';

const list = listField({
	displayName: 'Products',
	name: 'products',
	type: 'resourceLocator',
	default: {
		__rl: true,
		mode: 'list',
		value: DEFAULT_PRODUCT,
		cachedResultName: toName([DEFAULT_PRODUCT, SUGGESTIONS[DEFAULT_PRODUCT]]),
	},
	description:
		'What to extract. To use a product that is not listed, choose By ID and enter its ID from the Sypht marketplace.',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Choose a product',
			typeOptions: { searchListMethod: 'searchProducts', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. invoices, ndis-claims:2',
			hint: 'Separate several with commas, or use an array. Add a version after a colon.',
			validation: [
				{
					type: 'regex',
					properties: { regex: '.*\\S.*', errorMessage: 'Enter at least one product' },
				},
			],
		},
	],
});

/**
 * The products to extract; there may be none. Not `required` in the editor: n8n would then refuse plain
 * text or a plain list, which workflows that were not made in the editor may have.
 */
export const optionalProductsField: Field<'products', string[]> = {
	...list,
	read: (context, given) => list.read(context, isResourceLocatorValue(given) ? given.value : given),
};

export const productsField = checked(
	optionalProductsField,
	(products) =>
		products.length === 0 && {
			message: 'Products is empty',
			description: 'Enter at least one product for Sypht to extract, e.g. invoices.',
		},
);

/** Fills the list of products in the editor. */
export async function searchProducts(filter = ''): Promise<INodeListSearchResult> {
	const wanted = filter.trim().toLowerCase();
	const results = Object.entries(SUGGESTIONS).map((product) => ({
		name: toName(product),
		value: product[0],
	}));
	return { results: results.filter(({ name }) => name.toLowerCase().includes(wanted)) };
}

function toName([id, name]: [string, string]): string {
	return `${name} (${id})`;
}
