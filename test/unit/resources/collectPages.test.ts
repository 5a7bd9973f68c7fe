import { collectPages, type Page } from '../../../nodes/Sypht/resources/shared/collectPages';

const context = { getNode: () => ({ name: 'Sypht' }) } as never;

/** Collects from pages that are named by letters; asking for an unknown one is an error. */
async function collect(pages: Record<string, Page<string, string>>, max = Infinity) {
	const asked: string[] = [];
	const getPage = async (position: string, wanted: number) => {
		asked.push(`${position}:${wanted}`);
		if (asked.length > 100) throw new Error('The pages do not end');
		if (!pages[position]) throw new Error(`There is no page ${position}`);
		return pages[position];
	};
	return { collected: await collectPages(context, 'a', getPage, max), asked };
}

it('the entries of all pages are collected in order', async () => {
	const { collected } = await collect({
		a: { entries: ['1', '2'], next: 'b' },
		b: { entries: ['3'] },
	});
	expect(collected).toEqual(['1', '2', '3']);
});

it('no more pages are requested than needed, and each is asked for what is still missing', async () => {
	const page = { entries: ['1', '2'] };
	const { collected, asked } = await collect(
		{ a: { ...page, next: 'b' }, b: { entries: ['3', '4'], next: 'c' } },
		3,
	);
	expect(collected).toEqual(['1', '2', '3']);
	expect(asked).toEqual(['a:3', 'b:1']);
});

it.each<[string, Record<string, Page<string, string>>, string[]]>([
	['a page names itself as the next', { a: { entries: ['1'], next: 'a' } }, ['1']],
	[
		'pages go in a circle',
		{
			a: { entries: ['1'], next: 'b' },
			b: { entries: ['2'], next: 'c' },
			c: { entries: ['3'], next: 'b' },
		},
		['1', '2', '3'],
	],
	[
		'a page repeats the entries of another',
		{ a: { entries: ['1'], next: 'b' }, b: { entries: ['1'], next: 'c' } },
		['1'],
	],
	[
		'pages repeat in turn under new names',
		{
			a: { entries: ['1'], next: 'b' },
			b: { entries: ['2'], next: 'c' },
			c: { entries: ['1'], next: 'd' },
		},
		['1', '2'],
	],
	[
		'empty pages go in a circle',
		{ a: { entries: [], next: 'b' }, b: { entries: [], next: 'a' } },
		[],
	],
])('the list ends when %s', async (_title, pages, expected) => {
	const { collected, asked } = await collect(pages);
	expect(collected).toEqual(expected);
	expect(new Set(asked).size).toBe(asked.length);
});

it('an empty page does not end the list while it names a next one', async () => {
	const { collected } = await collect({
		a: { entries: [], next: 'b' },
		b: { entries: [], next: 'c' },
		c: { entries: ['1'] },
	});
	expect(collected).toEqual(['1']);
});

it('pages that never end are an error', async () => {
	const endless = async (page: number) => ({ entries: [page], next: page + 1 });
	await expect(collectPages(context, 0, endless, Infinity)).rejects.toThrow(
		'Sypht returned more than 10000 pages',
	);
});
