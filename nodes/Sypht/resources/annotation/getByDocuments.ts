import { fileIdsField, limitField, returnAllField } from '../../fields/common';
import { collectPages } from '../shared/collectPages';
import { defineOperation, toOutput } from '../shared/defineOperation';
import { ANNOTATIONS_TASK, readAnnotations } from './readAnnotations';

export const getAnnotationsByDocuments = defineOperation({
	name: 'Get Many by Documents',
	value: 'getByDocuments',
	action: 'Get many annotations by documents',
	description: 'Retrieve a list of the annotations of certain documents',

	fields: [fileIdsField, returnAllField, limitField],

	async run({ fileIds, returnAll, limit }, { context, send }) {
		const getPage = async (offset: number) => {
			const body = await send({
				method: 'POST',
				path: '/app/annotations/search',
				body: { docIds: fileIds, offset },
				task: ANNOTATIONS_TASK,
				isIdempotent: true,
			});
			return await readAnnotations(context, offset, body);
		};
		return toOutput(await collectPages(context, 0, getPage, returnAll ? Infinity : limit));
	},
});
