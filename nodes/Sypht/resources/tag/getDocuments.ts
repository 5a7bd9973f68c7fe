import { listTaggedDocuments } from '../../transport/tags';
import { readName, tagField } from './fields';
import { tagOperation } from './tagOperation';

export const getDocuments = tagOperation({
	option: {
		name: 'Get Many Documents',
		value: 'getDocuments',
		action: 'Get many documents of tag',
		description: 'Retrieve a list of the documents that have a tag',
	},

	properties: [tagField],

	plan(context, itemIndex) {
		const tag = readName(context, itemIndex, 'tag', 'Tag');
		return async (companyId) => {
			const fileIds = await listTaggedDocuments(context, companyId, tag);
			return fileIds.map((fileId) => ({ fileId, tag }));
		};
	},
});
