import { removeTag } from '../../api/tags';
import { companyIdOption, fileIdsField, tagField } from '../../fields/common';
import { defineOperation, toOutput } from '../shared/defineOperation';

export const removeDocuments = defineOperation({
	name: 'Remove Documents',
	value: 'removeDocuments',
	action: 'Remove documents from tag',
	description: 'Remove a tag from documents',

	fields: [tagField, fileIdsField],
	options: [companyIdOption],

	async run({ companyId, tag, fileIds }, { context, signal, turn }) {
		for (const fileId of fileIds) {
			await removeTag(context, companyId, tag, fileId, { signal, turn });
		}
		return toOutput(fileIds.map((fileId) => ({ fileId, tag, removed: true })));
	},
});
