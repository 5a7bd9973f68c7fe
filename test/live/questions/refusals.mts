import { printInvoices, sampleInvoice } from '../../samples/invoices.mts';
import type { Question, Topic } from '../question.mts';
import { describeAnswer } from '../service.mts';
import { readFileId, type Session } from '../session.mts';
import { readStatus } from './nodes.mts';

const MAX_BYTES = 20 * 1024 * 1024;
const MAX_PAGES = 16;

/** Files that the service should refuse. */
const FILES: Array<[what: string, make: () => Uint8Array | Promise<Uint8Array>]> = [
	['a file of another type (plain text)', () => Buffer.from('This is not a document')],
	['an empty file', () => Buffer.alloc(0)],
	['a PDF of 17 pages', () => printInvoices([sampleInvoice], { extraPages: MAX_PAGES })],
	['a PDF above 20 MB', makeLargePdf],
];

export const REFUSALS: Topic = {
	title: 'Refusals',
	questions: [
		{
			mark: 'unknown',
			question: 'How is an access token refused that is not valid?',
			assumed: '401, and the token is replaced once',
			async ask({ service }) {
				const headers = { Authorization: 'Bearer none' };
				const path = '/result/final/00000000-0000-4000-8000-000000000000';
				const seen = [];
				for (const [method, url] of [
					['GET', path],
					['POST', '/fileupload'],
				]) {
					const answer = await service.send(method, url, { headers });
					seen.push(`${method}: ${describeAnswer(answer)}`);
				}
				return seen.join('; ');
			},
		},
		{
			mark: 'unknown',
			question: 'How is a product refused that the account does not have?',
			assumed: 'A 4xx; its message is shown',
			doubtfulFiles: 1,
			async ask(session) {
				const invoice = await printInvoices([sampleInvoice]);
				const products = '["sypht.incorrect"]';
				return describeAnswer(await session.uploadFile(invoice, [['products', products]]));
			},
		},
		...FILES.map(
			([what, make]): Question => ({
				mark: 'unknown',
				question: `How is ${what} refused?`,
				assumed: 'It is refused before it is sent, unless Check File is off',
				doubtfulFiles: 1,
				ask: async (session) => describeAnswer(await session.uploadFile(await make())),
			}),
		),
		{
			mark: 'unknown',
			question: 'How does a document fail that cannot be read?',
			assumed: 'A status with FAIL, ERROR or REJECT in it',
			doubtfulFiles: 1,
			ask: uploadBrokenPdf,
		},
	],
};

/** The sample invoice, with bytes after its end that a reader ignores. */
async function makeLargePdf(): Promise<Uint8Array> {
	return Buffer.concat([await printInvoices([sampleInvoice]), Buffer.alloc(MAX_BYTES, ' ')]);
}

async function uploadBrokenPdf(session: Session): Promise<string> {
	const answer = await session.uploadFile(Buffer.from('%PDF-1.7\nnothing more\n%%EOF\n'));
	const fileId = readFileId(answer);
	if (!fileId) return `refused at once: ${describeAnswer(answer)}`;
	const last = await session.until(
		() => session.service.send('GET', `/result/final/${fileId}?timeout=2000`),
		({ status, body }) => status !== 202 && !isPending(body),
	);
	return `accepted, then ${describeAnswer(last)}, status ${JSON.stringify(readStatus(last.body))}`;
}

function isPending(body: unknown): boolean {
	return /progress|received|pending|queued/i.test(String(readStatus(body)));
}
