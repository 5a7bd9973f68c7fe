import { Container } from '@n8n/di';
import nock from 'nock';
import type { Logger } from 'n8n-workflow';
import { uploadWorkflow } from './support/document.mts';
import { API, mockNetwork, mockTokenOfEachTest, mockUpload } from './support/service.mts';
import { startWorkflow } from './support/workflow.mts';

mockNetwork();
mockTokenOfEachTest();

/** The logger that n8n's engine uses; the package is there in several versions. */
function getLogger(): Logger {
	const file = require.resolve('@n8n/backend-common', { paths: [require.resolve('n8n-core')] });
	const { Logger: token } = jest.requireActual<{ Logger: new () => Logger }>(file);
	return Container.get(token);
}

it('Stop logs the IDs of uploaded documents and the names of files that may have been uploaded', async () => {
	const warn = jest.spyOn(getLogger(), 'warn');
	mockUpload('file-1');
	const bothSent = new Promise<void>((resolve) => {
		nock(API)
			.post('/fileupload')
			.delay(2_000)
			.reply(() => [200, { fileId: 'file-2' }]);
		nock(API)
			.get('/result/final/file-1')
			.query(true)
			.reply(() => {
				resolve();
				return [202, {}];
			});
	});
	const { finished, stop } = startWorkflow(uploadWorkflow('extract', 2));
	await bothSent;
	stop();
	expect((await finished).run.status).toBe('canceled');
	await new Promise(setImmediate);
	const [message] = warn.mock.calls.map(([text]) => text).filter((text) => /Sypht/.test(text));
	expect(message).toContain('already in Sypht; get them with Get Results');
	expect(message).toMatch(/: file-1\./);
	expect(message).toMatch(/These files may be in Sypht too.*: invoice-1\.pdf\./);
});
