import { concurrencyOption } from '../../fields/common';
import { additionalUploadFields, uploadFields, uploadOptions } from '../../fields/upload';
import { defineOperation, toOutput } from '../shared/defineOperation';
import { planUploads } from './planUploads';
import { RunReport } from './runReport';
import { UploadQueue } from './uploadQueue';

export const upload = defineOperation({
	name: 'Upload Document',
	value: 'upload',
	action: 'Upload document',
	description: 'Upload a file and return its file ID without waiting',

	fields: [...uploadFields, additionalUploadFields],
	options: [...uploadOptions, concurrencyOption],

	start: (context, { concurrency }) => ({
		uploads: new UploadQueue(context, concurrency),
		report: new RunReport(context),
	}),
	observe: ({ report }) => report,

	plan: (values, item) => planUploads(values, item),

	async run(document, session) {
		const { uploads, report } = session.shared;
		const { output } = await uploads.upload(document, session);
		report.onUploaded(output);
		return toOutput([output]);
	},
});
