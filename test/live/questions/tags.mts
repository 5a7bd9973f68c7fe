import type { Topic } from '../question.mts';
import { describeAnswer, type Answer } from '../service.mts';
import type { Session } from '../session.mts';

/** Parameters that services use for pages. */
const PAGE_QUERIES = ['?limit=1', '?page=2', '?offset=1'];

export const TAGS: Topic = {
	title: 'Tags',
	questions: [
		{
			mark: 'unknown',
			question: 'What is the answer to the documents of a tag that nobody has used?',
			assumed: '404, or an empty list',
			ask: async (session) => describeAnswer(await session.listTag(session.newTag('never-used'))),
		},
		{
			mark: 'unknown',
			question: 'Does the listing of a tag come in pages?',
			assumed: 'A listing that says there is more is followed, or refused in words',
			async ask(session) {
				const tag = session.newTag('pages');
				const path = session.company(`/tags/${tag}/documents`);
				const docs = [...session.fileIds].slice(0, 3);
				const added = await session.service.send('PATCH', path, { body: { docs } });
				if (added.status >= 300) return describeAnswer(added);
				const all = await session.listTag(tag);
				const seen = [`all: ${describeAnswer(all)}, ${countIds(all, docs)} of ${docs.length}`];
				for (const query of PAGE_QUERIES) {
					const answer = await session.listTag(tag, query);
					seen.push(`${query.slice(1)}: HTTP ${answer.status}, ${countIds(answer, docs)}`);
				}
				const link = all.headers.has('link') ? 'a Link header' : 'no Link header';
				return `${seen.join('; ')}; ${link}`;
			},
		},
		{
			mark: 'unknown',
			question: 'Is the case of a tag kept, and does it matter?',
			assumed: 'It is kept, and it matters',
			async ask(session) {
				const tag = session.newTag('Case');
				await addTag(session, tag);
				const isKept = (await session.readTags(session.fileId)).includes(`"${tag}"`);
				const lower = await session.listTag(tag.toLowerCase());
				const isFound = JSON.stringify(lower.body ?? '').includes(session.fileId);
				return `${isKept ? 'kept' : 'changed'}; in lower case it is ${isFound ? 'found' : `not found (HTTP ${lower.status})`}`;
			},
		},
		{
			mark: 'unknown',
			question: 'How long may a tag be, and which characters may it have?',
			assumed: 'No limit is checked; names are percent-encoded',
			async ask(session) {
				const names: Array<[title: string, name: string]> = [
					['100 characters', session.newTag('x'.repeat(64))],
					['300 characters', session.newTag('x'.repeat(264))],
					['blank, slash and ü', session.newTag('a b/ü')],
				];
				const seen = [];
				for (const [title, name] of names) {
					const added = await addTag(session, name);
					const isFound = (await session.readTags(session.fileId)).includes(JSON.stringify(name));
					const listing = await session.listTag(name);
					seen.push(
						`${title}: HTTP ${added.status}, ${isFound ? 'kept' : 'not kept'}, listing HTTP ${listing.status}`,
					);
				}
				return seen.join('; ');
			},
		},
		{
			mark: 'unknown',
			question: 'Is there a way to list all tags?',
			assumed: 'There is none',
			ask: async ({ service, company }) =>
				describeAnswer(await service.send('GET', company('/tags'))),
		},
	],
};

async function addTag({ service, fileId, company }: Session, tag: string): Promise<Answer> {
	return await service.send('PATCH', company(`/documents/${fileId}/tags`), {
		body: { tags: [tag] },
	});
}

function countIds({ body }: Answer, ids: string[]): number {
	const text = JSON.stringify(body ?? '');
	return ids.filter((id) => text.includes(id)).length;
}
