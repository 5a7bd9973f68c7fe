import type { IncomingMessage } from 'node:http';
import { inspect } from 'node:util';
import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import type { StoredCredential } from '../support/credentials.mts';
import { createPoller } from '../support/poll.mts';
import { inlineFile, runWorkflow } from '../support/workflow.mts';
import type { Call } from './server.mts';
import type { Column } from './table.mts';

/** The outcome of a run, as its user sees it. */
export interface Driven {
	failures: Array<{ message: string; description: string }>;
	/** The documents that went through. */
	succeeded: string[];
	/** Everything that n8n may store or show of it, stacks and hidden properties included. */
	everything: string;
}

/** Each document has a different size, so that the server knows them before it has read them. */
const BYTES: Record<string, number> = { a: 1_000, b: 20_000, c: 40_000 };

/** Whether a request is about this document; one of the other calls is about all of them. */
export function isOf(document: string, call: Call, request: IncomingMessage): boolean {
	if (call === 'results') return request.url?.includes(`/${document}`) ?? false;
	if (call !== 'upload') return true;
	const extraBytes = Number(request.headers['content-length']) - BYTES[document];
	return extraBytes > 0 && extraBytes < 10_000;
}

/** Makes a call of this kind in n8n's own engine, for each document if it is about one. */
export async function drive(
	column: Column,
	documents: string[],
	credential: StoredCredential,
): Promise<Driven> {
	if (column === 'listing' || column === 'company') return await drivePoll(column, credential);
	const uploadOnce = column === 'once' || column === 'lookUp';
	const parameters: INodeParameters =
		column === 'results'
			? { operation: 'getResults', fileId: '={{ $json.name }}', options: { timeout: 60 } }
			: {
					operation: 'upload',
					inputDataFieldName: 'data',
					products: 'invoices',
					additionalFields: { uploadOnce },
				};
	const { run, items, error } = await runWorkflow({
		parameters: { resource: 'document', ...parameters, options: { timeout: 60, concurrency: 1 } },
		input: documents.map((name) => ({
			json: { name },
			binary: { data: inlineFile(makePdf(BYTES[name]), `${name}.bin`) },
		})),
		credential,
		onError: documents.length > 1 ? 'continueRegularOutput' : undefined,
	});
	const failed = items.filter(({ json }) => json.error !== undefined);
	const failures = failed.map(({ json }) => ({
		message: String(json.error),
		description: String(json.errorDescription ?? ''),
	}));
	if (error) failures.push(readError(error));
	return {
		failures,
		succeeded: items.flatMap(({ json }) => (json.error === undefined ? [readName(json)] : [])),
		everything: show([run, items, error]),
	};
}

async function drivePoll(call: Call, credential: StoredCredential): Promise<Driven> {
	const options = call === 'listing' ? { companyId: 'company-1' } : {};
	const poller = createPoller({ triggerOn: 'documentCompleted', options }, credential);
	try {
		// A test in the editor shows everything that goes wrong; other polls log it first.
		const items = (await poller.poll('manual')) ?? [];
		return { failures: [], succeeded: items.map(({ json }) => readName(json)), everything: '' };
	} catch (error) {
		const failure = readError(error as Error);
		const isNothingYet = failure.message.includes('has no finished document yet');
		const failures = isNothingYet ? [] : [failure];
		return { failures, succeeded: [], everything: show(error) };
	}
}

/** As much of one as the checks before an upload want to see. */
function makePdf(bytes: number): Buffer {
	return Buffer.alloc(bytes, '%PDF-1.4\n%%EOF\n');
}

function readError(error: { message?: string; description?: string | null }) {
	return { message: error.message ?? '', description: error.description ?? '' };
}

/** Of "id-of-a.bin" the "a". */
function readName({ fileId }: INodeExecutionData['json']): string {
	return /^(?:id-of-)?([^.]*)/.exec(String(fileId))?.[1] ?? '';
}

function show(value: unknown): string {
	return inspect(value, { depth: 20, showHidden: true, maxStringLength: Infinity });
}
