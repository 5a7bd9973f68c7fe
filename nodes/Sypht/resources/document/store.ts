import { concurrencyOption } from '../../fields/common';
import { additionalStoreFields, sourceFields, uploadOptions } from '../../fields/upload';
import { defineOperation, toOutput } from '../shared/defineOperation';
import { planStores } from './planUploads';
import { RunReport } from './runReport';
import { UploadQueue } from './uploadQueue';

export const storeDocument = defineOperation({
	name: 'Upload Without Extraction',
	value: 'store',
	action: 'Upload document without extraction',
	description: 'Upload a file for a workflow to process later',

	fields: [...sourceFields, additionalStoreFields],
	options: [...uploadOptions, concurrencyOption],

	start: (context, { concurrency }) => ({
		uploads: new UploadQueue(context, concurrency),
		report: new RunReport(context),
	}),
	observe: ({ report }) => report,

	plan: (values, item) => planStores(values, item),

	async run(document, session) {
		const { uploads, report } = session.shared;
		const { output } = await uploads.upload(document, session);
		report.onUploaded(output);
		return toOutput([output]);
	},
});
