import { apiPath } from '../../transport/request';
import { listTaggedDocuments, removeTag } from '../../api/tags';
import { companyIdOption, fileIdsField, limitField, returnAllField } from '../../fields/common';
import { defineOperation, toItems } from '../shared/defineOperation';
import { tagField } from '../../fields/tags';

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

export const addDocuments = defineOperation({
	name: 'Add Documents',
	value: 'addDocuments',
	action: 'Add documents to tag',
	description: 'Give a tag to documents beside those that have it',

	fields: [tagField, fileIdsField],
	options: [companyIdOption],

	request: ({ companyId, tag, fileIds }) => ({
		method: 'PATCH',
		path: apiPath`/app/company/${companyId}/tags/${tag}/documents`,
		body: { docs: fileIds },
		task: `add documents to the tag "${tag}"`,
	}),
});

export const setDocuments = defineOperation({
	name: 'Set Documents',
	value: 'setDocuments',
	action: 'Set documents of tag',
	description: 'Make these the only documents that have a tag',

	fields: [tagField, fileIdsField],
	options: [companyIdOption],

	request: ({ companyId, tag, fileIds }) => ({
		method: 'PUT',
		path: apiPath`/app/company/${companyId}/tags/${tag}/documents`,
		body: { docs: fileIds },
		task: `set the documents of the tag "${tag}"`,
	}),
});

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
