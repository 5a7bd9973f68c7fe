import { Limit } from '../../transport/limit';
import { concurrencyOption, readConcurrency, toOptions, type Operation } from '../../fields/values';
import { runDocuments } from '../shared/runItems';
import { planStores } from './planUploads';
import { additionalStoreFields, sourceFields, uploadOptions } from '../../fields/upload';
import { UploadQueue } from './uploadQueue';

export const storeDocument: Operation = {
	option: {
		name: 'Upload Without Extraction',
		value: 'store',
		action: 'Upload document without extraction',
		description: 'Send a file to Sypht that a workflow is to work on later',
	},

	properties: [
		...sourceFields,
		additionalStoreFields,
		toOptions([...uploadOptions, concurrencyOption]),
	],

	async execute(context) {
		const uploads = new UploadQueue(context, new Limit(readConcurrency(context)));
		return await runDocuments(
			context,
			(itemIndex) => planStores(context, itemIndex),
			async (document, run) => [await uploads.upload(document, run)],
		);
	},
};
