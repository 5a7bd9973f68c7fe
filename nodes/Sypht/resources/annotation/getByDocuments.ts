import { collectPages } from '../shared/collectPages';
import { fileIdsField, limitField, returnAllField } from '../../fields/common';
import { defineOperation, toItems } from '../shared/defineOperation';
import { ANNOTATIONS_TASK, readAnnotations } from './readAnnotations';

export const getAnnotationsByDocuments = defineOperation({
	name: 'Get Many by Documents',
	value: 'getByDocuments',
	action: 'Get many annotations by documents',
	description: 'Retrieve a list of the annotations of some documents, each an item',

	fields: [fileIdsField, returnAllField, limitField],

	async run({ fileIds, returnAll, limit = 50 }, { context, send }) {
		const getPage = async (offset: number) =>
			await readAnnotations(
				context,
				await send({
					method: 'POST',
					path: '/app/annotations/search',
					body: { docIds: fileIds, offset },
					task: ANNOTATIONS_TASK,
					repeat: 'always',
				}),
			);
		return toItems(await collectPages(getPage, returnAll ? Infinity : limit));
	},
});
