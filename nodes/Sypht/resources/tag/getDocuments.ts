import { listTaggedDocuments } from '../../api/tags';
import { companyIdOption, listFields, tagField } from '../../fields/common';
import { defineOperation, toOutput } from '../shared/defineOperation';

export const getDocuments = defineOperation({
	name: 'Get Many Documents',
	value: 'getDocuments',
	action: 'Get many documents of tag',
	description: 'Retrieve a list of the documents of a tag',

	fields: [tagField, ...listFields],
	options: [companyIdOption],

	async run({ companyId, tag, limit }, { context, signal, turn }) {
		const fileIds = await listTaggedDocuments(context, companyId, tag, { signal, turn });
		return toOutput(fileIds.slice(0, limit).map((fileId) => ({ fileId, tag })));
	},
});
