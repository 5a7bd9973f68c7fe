import { concurrencyOption } from '../../fields/common';
import { keepFileOption, resultFields, resultOptions, timeoutOption } from '../../fields/result';
import { additionalUploadFields, uploadFields, uploadOptions } from '../../fields/upload';
import { defineOperation } from '../shared/defineOperation';
import { waitForDocument } from '../shared/waitForDocument';
import { documentRun, toResultItems } from './documentRun';
import { planUploads } from './planUploads';
import { addUpload, uploadDocument } from './uploadDocument';

export const extract = defineOperation({
	name: 'Extract Data',
	value: 'extract',
	action: 'Extract data from document',
	description: 'Upload a file, wait until Sypht has processed it, and return its fields',

	fields: [...uploadFields, ...resultFields, additionalUploadFields],
	options: [...uploadOptions, concurrencyOption, keepFileOption, ...resultOptions, timeoutOption],

	...documentRun,

	async plan(values, item) {
		const uploads = await planUploads(values, item);
		return uploads.map((upload) => ({ upload, values }));
	},

	/** All documents wait together, so it takes the time of the slowest. */
	async run({ upload, values }, session) {
		const { waits, report } = session.shared;
		const uploaded = await uploadDocument(upload, session);
		const { fileId, fileName } = uploaded.output;
		const deadline = Date.now() + values.timeout * 1000;
		const result = await waitForDocument(session, fileId, { deadline, limit: waits, isNew: true });
		return addUpload(toResultItems(result, values, report, { fileName }), uploaded, values);
	},
});
