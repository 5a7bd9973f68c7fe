import { sleep, type IDataObject } from 'n8n-workflow';
import type { DocumentUpload } from '../../../nodes/Sypht/resources/document/planUploads';
import { documentRun } from '../../../nodes/Sypht/resources/document/documentRun';
import { uploadDocument } from '../../../nodes/Sypht/resources/document/uploadDocument';
import { EXTRACT_UPLOAD } from '../../../nodes/Sypht/api/upload';

const CONCURRENCY = 3;
const DOCUMENTS = 12;
const MAX_READERS = 4;

/** Uploads without an earlier attempt, in one run. */
const startRun = (concurrency: number, signal: AbortSignal, context: object = {}) => {
	const uploads = { fileIds: [], uncertain: new Set() };
	const once = async (_step: string, take: () => Promise<unknown>) => await take();
	const runContext = { ...context, sendMessageToUI: () => {} } as never;
	const shared = documentRun.start(runContext, { concurrency });
	return async (document: DocumentUpload) => {
		const session = { context: runContext, partialOutput: {}, uploads, signal, once, shared };
		return await uploadDocument(document, session as never);
	};
};

const tick = async () => await sleep(5);

interface Answer {
	body: IDataObject;
	statusCode: number;
	headers: IDataObject;
}

/** Documents whose files are opened and sent to a service that answers on request. */
function startUploads({ isNotStreamable = false } = {}) {
	const opened: number[] = [];
	const readFiles: number[] = [];
	const answers: Array<(isTaken: boolean) => void> = [];
	const context = {
		getNode: () => ({ name: 'Sypht', type: 'n8n-nodes-sypht.sypht' }),
		getCredentials: async () => ({}),
		helpers: {
			httpRequestWithAuthentication: async () =>
				await new Promise<Answer>((resolve, reject) => {
					const body = { fileId: `file-${answers.length}`, status: 'RECEIVED' };
					answers.push((isTaken) =>
						isTaken
							? resolve({ body, statusCode: 200, headers: {} })
							: reject(Object.assign(new Error(), { response: { status: 400, data: {} } })),
					);
				}),
		},
	};
	const upload = startRun(CONCURRENCY, new AbortController().signal, context);
	const uploads = Array.from({ length: DOCUMENTS }, async (_, index) => {
		const document: DocumentUpload = {
			fileName: `${index}.pdf`,
			fields: {},
			tags: [],
			endpoint: EXTRACT_UPLOAD,
			async open() {
				opened.push(index);
				async function* read() {
					readFiles.push(index);
					yield Buffer.from('%PDF-1.4');
				}
				return { name: 'x', mimeType: 'application/pdf', isNotStreamable, read };
			},
		};
		const { output } = await upload(document);
		return output.fileId;
	});
	return { opened, readFiles, answers, uploads: Promise.allSettled(uploads) };
}

it('as many files are read ahead as are sent at a time, and no more', async () => {
	const { opened, answers, uploads } = startUploads();
	for (let answered = 0; answered < DOCUMENTS; answered++) {
		await tick();
		expect(answers).toHaveLength(Math.min(answered + CONCURRENCY, DOCUMENTS));
		expect(opened).toHaveLength(Math.min(answered + 2 * CONCURRENCY, DOCUMENTS));
		answers[answered](true);
	}
	expect((await uploads).map(({ status }) => status)).not.toContain('rejected');
});

it('only one file that is held in memory is read ahead', async () => {
	const { readFiles, answers, uploads } = startUploads({ isNotStreamable: true });
	for (let answered = 0; answered < DOCUMENTS; answered++) {
		await tick();
		expect(answers).toHaveLength(Math.min(answered + CONCURRENCY, DOCUMENTS));
		expect(readFiles).toHaveLength(Math.min(answered + CONCURRENCY + 1, DOCUMENTS));
		answers[answered](true);
	}
	expect((await uploads).map(({ status }) => status)).not.toContain('rejected');
});

it('an upload that fails makes room for the next', async () => {
	const { answers, uploads } = startUploads();
	for (let answered = 0; answered < DOCUMENTS; answered++) {
		await tick();
		answers[answered](answered % 2 === 0);
	}
	const statuses = (await uploads).map(({ status }) => status);
	expect(statuses.filter((status) => status === 'fulfilled')).toHaveLength(DOCUMENTS / 2);
});

it('a file that is still waiting when the run ends is not read', async () => {
	const ending = new AbortController();
	let opened = 0;
	let readFiles = 0;
	const read = async function* () {
		readFiles++;
		await tick();
		yield Buffer.from('%PDF-1.4');
	};
	const document: DocumentUpload = {
		fileName: 'a.pdf',
		fields: {},
		tags: [],
		endpoint: EXTRACT_UPLOAD,
		async open() {
			opened++;
			return { name: 'x', mimeType: 'application/pdf', read };
		},
	};
	const upload = startRun(DOCUMENTS, ending.signal);
	const uploads = Array.from({ length: DOCUMENTS }, async () => await upload(document));
	while (readFiles === 0) await sleep(1);
	expect(opened).toBe(DOCUMENTS);
	ending.abort();
	const settled = await Promise.allSettled(uploads);
	expect(settled.map(({ status }) => status)).not.toContain('fulfilled');
	expect(readFiles).toBe(MAX_READERS);
});
