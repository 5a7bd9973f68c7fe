import { listTaggedDocuments } from '../../transport/tags';
import { companyIdOption, limitField, returnAllField } from '../shared/commonFields';
import { defineOperation, toItems } from '../shared/defineOperation';
import { tagField } from './fields';

export const getDocuments = defineOperation({
	name: 'Get Many Documents',
	value: 'getDocuments',
	action: 'Get many documents of tag',
	description: 'Retrieve a list of the documents that have a tag',

	fields: [tagField, returnAllField, limitField],
	options: [companyIdOption],

	async run({ companyId, tag, returnAll, limit }, { context }) {
		const all = await listTaggedDocuments(context, companyId, tag);
		const fileIds = returnAll ? all : all.slice(0, limit);
		return toItems(fileIds.map((fileId) => ({ fileId, tag })));
	},
});
