import { removeTag } from '../../transport/tags';
import { companyIdOption, fileIdsField } from '../shared/commonFields';
import { defineOperation, toItems } from '../shared/defineOperation';
import { tagField } from './fields';

export const removeDocuments = defineOperation({
	name: 'Remove Documents',
	value: 'removeDocuments',
	action: 'Remove documents from tag',
	description: 'Take a tag off documents',

	fields: [tagField, fileIdsField],
	options: [companyIdOption],

	async run({ companyId, tag, fileIds }, { context }) {
		for (const fileId of fileIds) await removeTag(context, companyId, tag, fileId);
		return toItems(fileIds.map((fileId) => ({ fileId, tag, removed: true })));
	},
});
