import { Limit } from '../../transport/limit';
import { concurrencyOption, readConcurrency, toOptions, type Operation } from '../../fields/values';
import { runDocuments } from '../shared/runItems';
import { planUploads } from './planUploads';
import { additionalUploadFields, uploadFields, uploadOptions } from '../../fields/upload';
import { UploadQueue } from './uploadQueue';

export const upload: Operation = {
	option: {
		name: 'Upload Document',
		value: 'upload',
		action: 'Upload document',
		description: 'Send a file to Sypht and go on at once, with its file ID',
	},

	properties: [
		...uploadFields,
		additionalUploadFields,
		toOptions([...uploadOptions, concurrencyOption]),
	],

	async execute(context) {
		const uploads = new UploadQueue(context, new Limit(readConcurrency(context)));
		return await runDocuments(
			context,
			(itemIndex) => planUploads(context, itemIndex),
			async (document, run) => [await uploads.upload(document, run)],
		);
	},
};
