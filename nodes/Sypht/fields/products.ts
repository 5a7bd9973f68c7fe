import {
	isResourceLocatorValue,
	type INodeListSearchResult,
	type INodePropertyOptions,
} from 'n8n-workflow';
import { listField, required, type Field } from './field';

/**
 * Products that public clients and documents name. The service has no list of them, and companies have
 * products of their own.
 *
 * Sources: docs.sypht.com "Prediction" and "Split"; tests of the Python client.
 */
const SUGGESTIONS: INodePropertyOptions[] = [
	'forms-&-reports',
	'invoices',
	'invoices:2',
	'ndis-claims',
	'ndis-claims:2',
].map((product) => ({ name: product, value: product }));

const list = listField({
	displayName: 'Products',
	name: 'products',
	type: 'resourceLocator',
	default: { __rl: true, mode: 'list', value: 'invoices', cachedResultName: 'invoices' },
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
 * The products to extract. It is not `required` in the editor, since n8n would then refuse a plain text or list, which
 * a workflow that was not made in the editor may have.
 */
export const productsField: Field<'products', string[]> = required(
	{
		...list,
		read: (context, given) =>
			list.read(context, isResourceLocatorValue(given) ? given.value : given),
	},
	(products) => products.length === 0,
	'Enter at least one product for Sypht to extract, e.g. invoices.',
);

/** Fills the list of products in the editor. */
export async function searchProducts(filter = ''): Promise<INodeListSearchResult> {
	const wanted = filter.trim().toLowerCase();
	return {
		results: SUGGESTIONS.filter(({ name }) => name.toLowerCase().includes(wanted)),
	};
}
