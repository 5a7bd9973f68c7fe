import { Limit } from '../../transport/limit';
import {
	concurrencyOption,
	readConcurrency,
	toOptions,
	type Operation,
} from '../shared/parameters';
import { runDocuments } from '../shared/runDocuments';
import { planStores, uploadDocument } from './uploadDocument';
import { additionalStoreFields, sourceFields, uploadOptions } from './uploadFields';

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
		const uploads = new Limit(readConcurrency(context));
		return await runDocuments(
			context,
			(itemIndex) => planStores(context, itemIndex),
			async (document, run) => [
				await uploads.run(async () => await uploadDocument(context, document, run)),
			],
		);
	},
};
