import { listTaggedDocuments } from '../../api/tags';
import { companyIdOption, limitField, returnAllField } from '../../fields/common';
import { tagField } from '../../fields/tags';
import { defineOperation, toOutput } from '../shared/defineOperation';

export const getDocuments = defineOperation({
	name: 'Get Many Documents',
	value: 'getDocuments',
	action: 'Get many documents of tag',
	description: 'Retrieve a list of the documents of a tag',

	fields: [tagField, returnAllField, limitField],
	options: [companyIdOption],

	async run({ companyId, tag, returnAll, limit }, { context, signal, turn }) {
		const fileIds = await listTaggedDocuments(context, companyId, tag, { signal, turn });
		const wanted = returnAll ? fileIds : fileIds.slice(0, limit);
		return toOutput(wanted.map((fileId) => ({ fileId, tag })));
	},
});
