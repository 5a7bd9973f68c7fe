import { concurrencyOption } from '../../fields/common';
import { additionalUploadFields, uploadFields, uploadOptions } from '../../fields/upload';
import { Limit } from '../../transport/limit';
import { defineOperation, toOutput } from '../shared/defineOperation';
import { planUploads } from './planUploads';
import { UploadQueue } from './uploadQueue';

export const upload = defineOperation({
	name: 'Upload Document',
	value: 'upload',
	action: 'Upload document',
	description: 'Upload a file and return its file ID without waiting',

	fields: [...uploadFields, additionalUploadFields],
	options: [...uploadOptions, concurrencyOption],

	start: (context, { concurrency }) => new UploadQueue(context, new Limit(concurrency)),
	plan: (values, item) => planUploads(values, item),
	run: async (document, session) => toOutput([await session.shared.upload(document, session)]),
});
