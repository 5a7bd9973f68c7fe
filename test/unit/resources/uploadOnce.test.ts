import fc from 'fast-check';
import type { IHttpRequestOptions } from 'n8n-workflow';
import { toOnceTag, uploadOnce } from '../../../nodes/Sypht/resources/document/uploadOnce';
import { createLimit } from '../../../nodes/Sypht/transport/adaptiveLimit';
import { SyphtApiError } from '../../../nodes/Sypht/transport/errors';
import { VirtualTime } from '../transport/simulation/virtualTime.mts';

let mockTime: VirtualTime;

jest.mock('../../../nodes/Sypht/transport/cancellation', () => ({
	...jest.requireActual<object>('../../../nodes/Sypht/transport/cancellation'),
	pause: async (ms: number, signal?: AbortSignal) => await mockTime.sleep(ms, signal),
}));

beforeEach(() => {
	mockTime = new VirtualTime();
	jest.spyOn(Date, 'now').mockImplementation(() => mockTime.now);
});
afterEach(() => jest.restoreAllMocks());

const node = { name: 'Sypht', type: 'n8n-nodes-sypht.sypht' };
const signal = new AbortController().signal;

/** The companies of this file; a process remembers the uploads of each. */
let companies = 0;

interface StoredDocument {
	fileId: string;
	tag: string;
	listedAt: number;
	status: string;
	isDeleted?: boolean;
	finalisedAt?: number;
}

/** How an upload ends: its answer arrives, gets lost, or Sypht never sees the file. */
type Ending = 'answered' | 'lost' | 'refused';

/** A Sypht that may list a document late, and may lose its answer to an upload. */
class Service {
	readonly companyId = `company-${++companies}`;

	readonly documents: StoredDocument[] = [];

	readonly requests: string[] = [];

	readonly context = {
		getNode: () => node,
		getCredentials: async () => ({}),
		helpers: {
			httpRequestWithAuthentication: async (_type: string, options: IHttpRequestOptions) => {
				await mockTime.sleep(50);
				return this.answer(options.url);
			},
		},
	} as never;

	async accept(tag: string, ending: Ending = 'answered', listedAfterMs = 0) {
		await mockTime.sleep(100);
		if (ending === 'refused') throw new SyphtApiError(node as never, { message: 'refused' });
		const fileId = `file-${this.documents.length + 1}`;
		this.documents.push({ fileId, tag, listedAt: Date.now() + listedAfterMs, status: 'RECEIVED' });
		if (ending === 'lost') {
			throw new SyphtApiError(node as never, { message: 'lost', maybeAccepted: true });
		}
		return { fileId, status: 'RECEIVED' };
	}

	private answer(path: string) {
		this.requests.push(path);
		const [, tag] = /\/tags\/([^/]+)\/documents$/.exec(path) ?? [];
		const existing = this.documents.filter(({ isDeleted }) => !isDeleted);
		if (tag !== undefined) {
			const listed = this.documents.filter(
				(document) => document.tag === tag && document.listedAt <= Date.now(),
			);
			if (listed.length === 0) throw new HttpError(404);
			return { statusCode: 200, headers: {}, body: { docs: listed.map(({ fileId }) => fileId) } };
		}
		const document = existing.find(({ fileId }) => path.endsWith(`/${fileId}`));
		if (!document) throw new HttpError(404);
		const { fileId, status, finalisedAt } = document;
		const results = finalisedAt && { timestamp: new Date(finalisedAt).toISOString() };
		return { statusCode: 200, headers: {}, body: { fileId, status, results } };
	}
}

class HttpError extends Error {
	readonly response: { status: number; data: object };

	constructor(status: number) {
		super();
		this.response = { status, data: {} };
	}
}

const TAG = toOnceTag('sha', 'job');

/** An upload to a service, still without a way to send it. */
const uploadOf = ({ context, companyId }: Service) => {
	return { context, companyId, tag: TAG, signal, lookUps: createLimit(0) };
};

function uploadTo(
	service: Service,
	tag = TAG,
	...answer: [ending?: Ending, listedAfterMs?: number]
) {
	const send = async () => await service.accept(tag, ...answer);
	return uploadOnce({ ...uploadOf(service), tag, send });
}

const run = async <T>(task: Promise<T>) => await mockTime.run(task);

it('the tag is short, and another one for another file or another job', () => {
	expect(TAG).toMatch(/^n8n-once-[0-9a-f]{32}$/);
	expect(new Set([TAG, toOnceTag('sha2', 'job'), toOnceTag('sha', 'job2')]).size).toBe(3);
});

it('a file that Sypht does not have is uploaded', async () => {
	const service = new Service();
	expect(await run(uploadTo(service))).toEqual({
		document: { fileId: 'file-1', status: 'RECEIVED' },
		reused: false,
	});
});

it.each<[string, Array<Partial<StoredDocument>>, string | undefined]>([
	['is used', [{ status: 'FINALISED' }], 'file-1'],
	['that is still being processed is used', [{ status: 'IN_PROGRESS' }], 'file-1'],
	['that failed is not used', [{ status: 'FAILED' }], undefined],
	['that was deleted in the app is not used', [{ isDeleted: true }], undefined],
	['is used if another one failed', [{ status: 'FAILED' }, { status: 'FINALISED' }], 'file-2'],
	[
		'is used if it is the older of two',
		[
			{ status: 'FINALISED', finalisedAt: 2_000 },
			{ status: 'FINALISED', finalisedAt: 1_000 },
		],
		'file-2',
	],
])('a document of an earlier run %s', async (_title, earlier, usedId) => {
	const service = new Service();
	earlier.forEach((document, n) =>
		service.documents.push({
			fileId: `file-${n + 1}`,
			tag: TAG,
			listedAt: 0,
			status: 'RECEIVED',
			...document,
		}),
	);
	const { document, reused } = await run(uploadTo(service));
	expect(reused).toBe(usedId !== undefined);
	expect(document.fileId).toBe(usedId ?? `file-${earlier.length + 1}`);
	expect(service.documents).toHaveLength(earlier.length + (usedId ? 0 : 1));
});

it.each([
	['at once', 0],
	['20 seconds later', 20_000],
])(
	'a document whose upload was not answered is found when Sypht lists it %s',
	async (_t, delay) => {
		const service = new Service();
		const { document, reused } = await run(uploadTo(service, TAG, 'lost', delay));
		expect([document.fileId, reused]).toEqual(['file-1', false]);
	},
);

it('an upload that was not answered is an error when no document is found in 30 seconds', async () => {
	const service = new Service();
	const startedAt = mockTime.now;
	await expect(run(uploadTo(service, TAG, 'lost', 60_000))).rejects.toThrow('lost');
	expect(Math.round((mockTime.now - startedAt) / 1000)).toBe(30);
});

it('a file that was refused is not looked for', async () => {
	const service = new Service();
	await expect(run(uploadTo(service, TAG, 'refused'))).rejects.toThrow('refused');
	expect(service.requests).toHaveLength(1);
});

it('a failed look-up uploads nothing', async () => {
	const service = new Service();
	const send = jest.fn();
	const { context } = service as unknown as { context: { helpers: object } };
	context.helpers = {
		httpRequestWithAuthentication: async () => {
			throw new HttpError(403);
		},
	};
	await expect(run(uploadOnce({ ...uploadOf(service), send }))).rejects.toThrow('HTTP 403');
	expect(send).not.toHaveBeenCalled();
});

it('a run that is stopped does not stop another one that waits for the same file', async () => {
	const service = new Service();
	const stop = new AbortController();
	const stopped = uploadOnce({
		...uploadOf(service),
		signal: stop.signal,
		send: async () => await mockTime.sleep(1_000_000, stop.signal).then(() => ({ fileId: '' })),
	});
	const other = uploadTo(service);
	const stopping = mockTime.sleep(500).then(() => stop.abort());
	const [first, second] = await run(Promise.allSettled([stopped, other, stopping]));
	expect(first.status).toBe('rejected');
	expect(second).toMatchObject({ value: { document: { fileId: 'file-1' }, reused: false } });
});

it.each([
	['not known yet', 10_000, 'file-1'],
	['deleted in the app', Infinity, 'file-2'],
])('a document of the same process that is %s', async (_title, unknownForMs, expected) => {
	const service = new Service();
	await run(uploadTo(service));
	const [document] = service.documents;
	document.isDeleted = true;
	const back = mockTime.sleep(unknownForMs).then(() => (document.isDeleted = false));
	const { document: used } = await run(uploadTo(service));
	expect(used.fileId).toBe(expected);
	if (unknownForMs < Infinity) await run(back);
});

const MAX_DELAY_MS = 29_000;

it('no file is ever uploaded twice by one process, and none fails', async () => {
	const item = fc.record({
		file: fc.integer({ min: 0, max: 3 }),
		startMs: fc.integer({ min: 0, max: 60_000 }),
		ending: fc.constantFrom<Ending>('answered', 'lost'),
		listedAfterMs: fc.integer({ min: 0, max: MAX_DELAY_MS }),
	});
	await fc.assert(
		fc.asyncProperty(fc.array(item, { minLength: 1, maxLength: 12 }), async (items) => {
			mockTime = new VirtualTime();
			const service = new Service();
			const uploads = items.map(async ({ file, startMs, ending, listedAfterMs }) => {
				await mockTime.sleep(startMs);
				const tag = toOnceTag(String(file), 'job');
				return { file, ...(await uploadTo(service, tag, ending, listedAfterMs)) };
			});
			const done = await run(Promise.all(uploads));
			const files = new Set(items.map(({ file }) => file));
			expect(service.documents).toHaveLength(files.size);
			for (const file of files) {
				const ofFile = done.filter((upload) => upload.file === file);
				expect(new Set(ofFile.map(({ document }) => document.fileId)).size).toBe(1);
				expect(ofFile.filter(({ reused }) => !reused)).toHaveLength(1);
			}
		}),
	);
});
