import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';

const pages = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', ...globSync('docs/**/*.md')];
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
	scripts: Record<string, string>;
};

it('every script brings what it needs, so that it runs in a fresh clone', () => {
	const RELEASING = ['release', 'prepublishOnly'];
	const others = Object.keys(scripts).filter((name) => !RELEASING.includes(name));
	const runner = readFileSync('scripts/run.mjs', 'utf8');
	const isTask = (name: string) => new RegExp(`^\\t${name}: \\{`, 'm').test(runner);
	assert.deepEqual(
		others.filter((name) => {
			const task = /^node scripts\/run\.mjs (\w+)/.exec(scripts[name])?.[1];
			return !task || !isTask(task);
		}),
		[],
	);
});

for (const page of pages) {
	const text = readFileSync(page, 'utf8');

	describe(page, () => {
		it('links lead to files and headings that exist', () => {
			const broken = listLinks(text).filter((link) => !leadsSomewhere(page, link));
			assert.deepEqual(broken, []);
		});

		it('commands exist', () => {
			const named = [...text.matchAll(/\bnpm run ([\w:-]+)/g)].map(([, script]) => script);
			assert.deepEqual(
				named.filter((script) => !scripts[script]),
				[],
			);
			assert.doesNotMatch(text, /npx (gulp|jest|rollup)/);
		});

		it('files that are named exist', () => {
			const named = text.matchAll(
				/`((?:credentials|nodes|test|scripts|docs|examples|icons|\.github|\.ci)\/[\w./-]+)`/g,
			);
			assert.deepEqual(
				[...named].map(([, file]) => file).filter((file) => !existsSync(file)),
				[],
			);
		});

		it('pictures are small enough for a page', () => {
			for (const link of listLinks(text).filter((target) => target.endsWith('.png'))) {
				const file = path.join(path.dirname(page), link);
				assert.ok(readFileSync(file).length < 200_000, file);
			}
		});
	});
}

it('every picture is on a page', () => {
	const shown = pages.flatMap((page) =>
		listLinks(readFileSync(page, 'utf8')).map((link) => path.join(path.dirname(page), link)),
	);
	assert.deepEqual(
		globSync('docs/images/**/*.png').filter((picture) => !shown.includes(picture)),
		[],
	);
});

function listLinks(text: string): string[] {
	const links = text.matchAll(/\]\(([^)\s]+)\)|<img src="([^"]+)"/g);
	return [...links].map(([, link, picture]) => link ?? picture);
}

/** Links to other sites are not checked. */
function leadsSomewhere(page: string, link: string): boolean {
	if (/^[a-z]+:/.test(link)) return true;
	const [target, anchor] = link.split('#');
	const file = target === '' ? page : path.join(path.dirname(page), target);
	if (!existsSync(file)) return false;
	return anchor === undefined || listAnchors(readFileSync(file, 'utf8')).includes(anchor);
}

function listAnchors(text: string): string[] {
	return (text.match(/^#+ .*$/gm) ?? []).map((heading) =>
		heading
			.replace(/^#+ /, '')
			.toLowerCase()
			.replaceAll(/[^\p{L}\p{N}_\- ]/gu, '')
			.replaceAll(' ', '-'),
	);
}
