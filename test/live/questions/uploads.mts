import { printInvoices, sampleInvoice } from '../../samples/invoices.mts';
import type { Topic } from '../question.mts';
import { describeAnswer } from '../service.mts';
import { readFileId } from '../session.mts';

export const UPLOADS: Topic = {
	title: 'Uploads',
	questions: [
		{
			mark: 'inferred',
			question: 'Are two form fields "tags" two tags, and may a tag be long and have capitals?',
			assumed: 'Only the first tag travels in the form; the others are added later',
			documents: 1,
			async ask(session) {
				const tags = [session.newTag('first'), session.newTag(`Second-${'x'.repeat(80)}`)];
				const answer = await session.upload(tags.map((tag) => ['tags', tag]));
				const fileId = readFileId(answer);
				if (!fileId) return describeAnswer(answer);
				const found = await session.readTags(fileId);
				const seen = tags.map((tag) => (found.includes(`"${tag}"`) ? 'as sent' : 'not as sent'));
				return `the first tag is there ${seen[0]}, the second (${tags[1].length} characters) ${seen[1]}`;
			},
		},
		{
			mark: 'unknown',
			question: 'Are tags that are separated by commas several tags?',
			assumed: 'No: a tag with a comma is one tag',
			documents: 1,
			async ask(session) {
				const tags = [session.newTag('a'), session.newTag('b')];
				const together = tags.join(',');
				const answer = await session.upload([['tags', together]]);
				session.tags.add(together);
				const fileId = readFileId(answer);
				if (!fileId) return describeAnswer(answer);
				const found = await session.readTags(fileId);
				if (found.includes(`"${together}"`)) return 'no, they are one tag';
				return tags.every((tag) => found.includes(`"${tag}"`)) ? 'yes' : 'no, the tags are lost';
			},
		},
		{
			mark: 'inferred',
			question: 'How long after an upload is it listed under the tag of its form?',
			assumed: 'At once, or soon; nothing is lost if it takes longer',
			documents: 1,
			async ask(session) {
				const tag = session.newTag('listed');
				const answer = await session.upload([['tags', tag]]);
				const fileId = readFileId(answer);
				if (!fileId) return describeAnswer(answer);
				const startedAt = performance.now();
				const isListed = (body: unknown) => JSON.stringify(body ?? '').includes(fileId);
				const listing = await session.until(
					() => session.listTag(tag),
					({ body }) => isListed(body),
				);
				const took = Math.round(performance.now() - startedAt);
				return isListed(listing.body)
					? `${took} ms after the answer to the upload`
					: `not within ${took} ms; the last answer was ${describeAnswer(listing)}`;
			},
		},
		{
			mark: 'unknown',
			question: 'Is an upload accepted that names no products?',
			assumed: 'Only with a custom workflow',
			documents: 1,
			async ask(session) {
				const answer = await session.uploadFile(await printInvoices([sampleInvoice]), []);
				return describeAnswer(answer);
			},
		},
		{
			mark: 'inferred',
			question: 'Does the same file uploaded again get another ID?',
			assumed: 'Yes, and it is charged again',
			documents: 1,
			async ask(session) {
				const answer = await session.upload();
				const fileId = readFileId(answer);
				if (!fileId) return describeAnswer(answer);
				return fileId === session.fileId ? 'no, it is the same' : 'yes';
			},
		},
		{
			mark: 'unknown',
			question: 'Does the upload as JSON accept a native array of products, or only text?',
			assumed: 'It is not used',
			documents: 1,
			async ask({ service, fileIds }) {
				const fileToUpload = (await printInvoices([sampleInvoice])).toString('base64');
				const seen: string[] = [];
				for (const products of [['invoices'], '["invoices"]']) {
					const body = { fileToUpload, products };
					const answer = await service.send('POST', '/fileupload/json', { body });
					const kind = typeof products === 'string' ? 'text' : 'array';
					seen.push(`${kind}: ${describeAnswer(answer)}`);
					const fileId = readFileId(answer);
					if (fileId) {
						fileIds.add(fileId);
						break;
					}
				}
				return seen.join('; ');
			},
		},
		{
			mark: 'unknown',
			question: 'What is the answer to an upload that only stores, and does a tag travel with it?',
			assumed: 'A 2xx with a fileId; tags are added later',
			async ask(session) {
				const tag = session.newTag('stored');
				const invoice = await printInvoices([sampleInvoice]);
				const path = '/fileupload/v2/multipart';
				const answer = await session.uploadFile(invoice, [['tags', tag]], path);
				session.storedId = readFileId(answer);
				if (!session.storedId) return describeAnswer(answer);
				const isTagged = (await session.readTags(session.storedId)).includes(tag);
				return `${describeAnswer(answer)}; the tag ${isTagged ? 'travels' : 'does not travel'} with it`;
			},
		},
		{
			mark: 'unknown',
			question: 'May a file be longer than 16 pages if it is only stored, as before a split?',
			assumed: 'Yes; more than 500 pages are refused before they are sent',
			doubtfulFiles: 1,
			async ask(session) {
				const bundle = await printInvoices([sampleInvoice], { extraPages: 16 });
				return describeAnswer(await session.uploadFile(bundle, [], '/fileupload/v2/multipart'));
			},
		},
	],
};
