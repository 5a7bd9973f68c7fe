import { concurrencyOption } from '../../fields/common';
import { additionalStoreFields, sourceFields, uploadOptions } from '../../fields/upload';
import { Limit } from '../../transport/limit';
import { defineOperation, toOutput } from '../shared/defineOperation';
import { planStores } from './planUploads';
import { UploadQueue } from './uploadQueue';

export const storeDocument = defineOperation({
	name: 'Upload Without Extraction',
	value: 'store',
	action: 'Upload document without extraction',
	description: 'Upload a file for a workflow to process later',

	fields: [...sourceFields, additionalStoreFields],
	options: [...uploadOptions, concurrencyOption],

	start: (context, { concurrency }) => new UploadQueue(context, new Limit(concurrency)),
	plan: (values, item) => planStores(values, item),
	run: async (document, session) => toOutput([await session.shared.upload(document, session)]),
});
