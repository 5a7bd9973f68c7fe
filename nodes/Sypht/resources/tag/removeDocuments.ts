import { removeTag } from '../../transport/tags';
import { fileIdsField, readFileIds, readName, tagField } from './fields';
import { tagOperation } from './tagOperation';

export const removeDocuments = tagOperation({
	option: {
		name: 'Remove Documents',
		value: 'removeDocuments',
		action: 'Remove documents from tag',
		description: 'Take a tag off documents',
	},

	properties: [tagField, fileIdsField],

	plan(context, itemIndex) {
		const tag = readName(context, itemIndex, 'tag', 'Tag');
		const fileIds = readFileIds(context, itemIndex);
		return async (companyId) => {
			for (const fileId of fileIds) await removeTag(context, companyId, tag, fileId);
			return fileIds.map((fileId) => ({ fileId, tag, removed: true }));
		};
	},
});
