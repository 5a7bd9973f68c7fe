import { listTaggedDocuments } from '../../transport/tags';
import { companyIdOption } from '../shared/commonFields';
import { defineOperation, toItems } from '../shared/defineOperation';
import { tagField } from './fields';

export const getDocuments = defineOperation({
	name: 'Get Many Documents',
	value: 'getDocuments',
	action: 'Get many documents of tag',
	description: 'Retrieve a list of the documents that have a tag',

	fields: [tagField],
	options: [companyIdOption],

	async run({ companyId, tag }, { context }) {
		const fileIds = await listTaggedDocuments(context, companyId, tag);
		return toItems(fileIds.map((fileId) => ({ fileId, tag })));
	},
});
