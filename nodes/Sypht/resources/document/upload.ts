import { concurrencyOption } from '../../fields/common';
import { additionalUploadFields, uploadFields, uploadOptions } from '../../fields/upload';
import { defineOperation } from '../shared/defineOperation';
import { documentRun } from './documentRun';
import { planUploads } from './planUploads';
import { runUpload } from './uploadDocument';

export const upload = defineOperation({
	name: 'Upload Document',
	value: 'upload',
	action: 'Upload document',
	description: 'Upload a file and return its file ID without waiting',

	fields: [...uploadFields, additionalUploadFields],
	options: [...uploadOptions, concurrencyOption],

	...documentRun,
	plan: planUploads,
	run: runUpload,
});
