import { downloadFile } from '../../api/download';
import { apiPath } from '../../transport/request';
import { fileIdField, outputDataFieldNameField } from '../../fields/common';
import { defineOperation } from '../shared/defineOperation';

export const downloadDocument = defineOperation({
	name: 'Download',
	value: 'download',
	action: 'Download document',
	description: 'Fetch the file that was uploaded',

	fields: [fileIdField, outputDataFieldNameField],

	async run({ fileId, outputDataFieldName }, { context, signal }) {
		const request = {
			path: apiPath`/app/docs/${fileId}/download`,
			task: 'give the file of the document',
			signal,
		};
		const file = await downloadFile(context, request, fileId);
		return [{ json: { fileId, fileName: file.fileName }, binary: { [outputDataFieldName]: file } }];
	},
});
