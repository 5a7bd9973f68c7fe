import { fileIdsField, listFields } from '../../fields/common';
import { defineOperation } from '../shared/defineOperation';
import { collectAnnotations } from './collectAnnotations';

export const getAnnotationsByDocuments = defineOperation({
	name: 'Get Many by Documents',
	value: 'getByDocuments',
	action: 'Get many annotations by documents',
	description: 'Retrieve a list of the annotations of certain documents',

	fields: [fileIdsField, ...listFields],

	run: async ({ fileIds, limit }, session) =>
		await collectAnnotations(session, limit, (offset) => ({
			method: 'POST',
			path: '/app/annotations/search',
			body: { docIds: fileIds, offset },
			isIdempotent: true,
		})),
});
