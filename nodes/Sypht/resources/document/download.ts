import { downloadFile } from '../../api/download';
import { fileIdField, outputDataFieldNameField } from '../../fields/common';
import { apiPath } from '../../transport/request';
import { defineOperation } from '../shared/defineOperation';

export const downloadDocument = defineOperation({
	name: 'Get File',
	value: 'download',
	action: 'Get file of document',
	description: 'Download the file that was uploaded',

	fields: [fileIdField, outputDataFieldNameField],

	async run({ fileId, outputDataFieldName }, { context, signal, turn }) {
		const path = apiPath`/app/docs/${fileId}/download`;
		const request = { path, task: 'download the file', signal, turn };
		const file = await downloadFile(context, request, fileId);
		return [{ json: { fileId, fileName: file.fileName }, binary: { [outputDataFieldName]: file } }];
	},
});
