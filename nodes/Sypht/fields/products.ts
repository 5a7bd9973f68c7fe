import {
	isResourceLocatorValue,
	NodeOperationError,
	type INodeListSearchResult,
	type INodeProperties,
} from 'n8n-workflow';
import type { Field } from './field';
import { readList } from './values';

/**
 * Products that public clients and documents name. The service lists them to nobody, and companies
 * have products of their own.
 *
 * Sources: docs.sypht.com "Prediction" and "Split"; tests of the Python client.
 */
const SUGGESTIONS = ['forms-&-reports', 'invoices', 'invoices:2', 'ndis-claims', 'ndis-claims:2'];

/** It is not `required`, since n8n would then refuse a plain list of products. */
const property: INodeProperties & { name: 'products' } = {
	displayName: 'Products',
	name: 'products',
	type: 'resourceLocator',
	default: { __rl: true, mode: 'list', value: 'invoices', cachedResultName: 'invoices' },
	description:
		'What to read from the document. Your account may have products that are not in the list: give their IDs, from the Sypht marketplace, with By ID.',
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
			hint: 'Several by comma, or an array. A version follows after a colon.',
			validation: [
				{
					type: 'regex',
					properties: { regex: '.*\\S.*', errorMessage: 'Name at least one product' },
				},
			],
		},
	],
};

/** The products to read. A workflow that was not made in the editor may have a plain text or list. */
export const productsField: Field<'products', string[]> = {
	property,
	read(context, given) {
		const listed = isResourceLocatorValue(given) ? given.value : given;
		const products = readList(context, listed, property.displayName);
		if (products.length > 0) return products;
		throw new NodeOperationError(context.getNode(), 'Products is empty', {
			description: 'Name at least one product that Sypht is to read, e.g. invoices.',
		});
	},
};

/** Fills the list of products in the editor. */
export async function searchProducts(filter = ''): Promise<INodeListSearchResult> {
	const wanted = SUGGESTIONS.filter((product) => product.includes(filter.trim().toLowerCase()));
	return { results: wanted.map((product) => ({ name: product, value: product })) };
}
