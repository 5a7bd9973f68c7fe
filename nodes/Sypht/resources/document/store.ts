import { concurrencyOption } from '../../fields/common';
import { additionalStoreFields, sourceFields, uploadOptions } from '../../fields/upload';
import { defineOperation } from '../shared/defineOperation';
import { documentRun } from './documentRun';
import { planStores } from './planUploads';
import { runUpload } from './uploadDocument';

export const storeDocument = defineOperation({
	name: 'Upload Without Extraction',
	value: 'store',
	action: 'Upload document without extraction',
	description: 'Upload a file for a workflow to process later',

	fields: [...sourceFields, additionalStoreFields],
	options: [...uploadOptions, concurrencyOption],

	...documentRun,
	plan: planStores,
	run: runUpload,
});
