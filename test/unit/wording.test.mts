import { listProjectFiles, readProjectFile } from './support/projectFiles.mts';
import { listTexts, sourceFiles } from './support/sourceFiles.mts';

const pages = [
	'README.md',
	'SECURITY.md',
	'CONTRIBUTING.md',
	...listProjectFiles('docs')
		.filter((file) => file.endsWith('.md'))
		.map((file) => `docs/${file}`),
	...listProjectFiles('examples')
		.filter((file) => file.endsWith('.json'))
		.map((file) => `examples/${file}`),
];

/** What users read, with where it stands: pages, examples, and all texts of nodes and credential. */
const texts = [
	...pages.map((file) => [file, readProjectFile(file)]),
	...sourceFiles.flatMap((file) => listTexts(file).map((text) => [file, text])),
];

it('finds the texts of pages, examples, nodes and the credential', () => {
	for (const start of ['docs/', 'examples/', 'nodes/', 'credentials/']) {
		expect(texts.some(([file, text]) => file.startsWith(start) && text.length > 20)).toBe(true);
	}
});

it.each([
	/\bg(ive|ives|ave|iven|iving)\s+out\b/i,
	/\bis\s+none\b/i,
	/\bof\s+before\b/i,
	/\bat\s+its\s+end\b/i,
	/\bgoes\s+on\b/i,
	/\bon\s+its\s+way\b/i,
	/\bfor\s+good\b/i,
	/\bis\s+told\b/i,
	/\bSypht\s+did\s+not\b/i,
])('no text for users matches %s', (pattern) => {
	const found = texts
		.filter(([, text]) => pattern.test(text))
		.map(([file, text]) => `${file}: ${pattern.exec(text)?.[0]}`);
	expect(found).toEqual([]);
});
