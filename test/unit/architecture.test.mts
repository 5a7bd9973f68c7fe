import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The folders from the top down: a file may import from its own folder and from those below. */
const LAYERS = [
	['nodes'],
	['resources', 'trigger'],
	['fields'],
	['api'],
	['files'],
	['transport'],
	['credentials', 'review'],
	['http', 'results'],
];

const files = globSync('{nodes/Sypht,credentials}/**/*.ts').map((file) =>
	file.replaceAll('\\', '/'),
);
const known = new Set(files);

/** All that a file imports from the package, types included. */
function listImports(file: string): string[] {
	const specifiers = [...readFileSync(file, 'utf8').matchAll(/\bfrom '(\.[^']*)'/g)];
	return specifiers.map(([, specifier]) => {
		const target = path.posix.join(path.posix.dirname(file), specifier);
		const found = [`${target}.ts`, `${target}/index.ts`].find((name) => known.has(name));
		if (!found) throw new Error(`${file} imports ${specifier}, which was not found`);
		return found;
	});
}

function folderOf(file: string): string {
	const [, inner] = /^nodes\/Sypht\/([^/]+)\//.exec(file) ?? [];
	return inner ?? file.split('/')[0];
}

const layerOf = (file: string) => LAYERS.findIndex((folders) => folders.includes(folderOf(file)));

it('no import runs back up, nor to a neighbour', () => {
	const wrong = files.flatMap((file) =>
		listImports(file)
			.filter((target) => folderOf(target) !== folderOf(file) && layerOf(target) <= layerOf(file))
			.map((target) => `${file} -> ${target}`),
	);
	expect(files.length).toBeGreaterThan(100);
	expect(wrong).toEqual([]);
});

it('no imports form a circle, not even of types', () => {
	const done = new Set<string>();
	const circles: string[] = [];
	const visit = (file: string, trail: string[]): void => {
		if (trail.includes(file))
			circles.push([...trail.slice(trail.indexOf(file)), file].join(' -> '));
		if (done.has(file) || trail.includes(file)) return;
		for (const target of listImports(file)) visit(target, [...trail, file]);
		done.add(file);
	};
	for (const file of files) visit(file, []);
	expect(circles).toEqual([]);
});

it('parameters are read in one place, apart from the dispatch', () => {
	const readers = files.filter((file) => readFileSync(file, 'utf8').includes('getNodeParameter'));
	expect(readers.sort()).toEqual(['nodes/Sypht/Sypht.node.ts', 'nodes/Sypht/fields/readFields.ts']);
});

it('each operation has a file, or its whole resource has one of up to 150 lines', () => {
	const crowded = files.filter((file) => {
		if (folderOf(file) !== 'resources' || file.includes('/shared/')) return false;
		const text = readFileSync(file, 'utf8');
		const operations = text.match(/= defineOperation\(/g)?.length ?? 0;
		const isResource = path.posix.dirname(file).endsWith('resources');
		return operations > 1 && !(isResource && text.split('\n').length <= 151);
	});
	expect(crowded).toEqual([]);
});

it.each([
	/\bg(ive|ives|ave|iving) out\b/i,
	/\bis none\b/,
	/\bof before\b/,
	/\bat its end\b/,
	/\bgoes on\b/,
	/\bon its way\b/,
	/\bfor good\b/,
	/\bSypht did not\b/,
])('no text for users has the words %s', (words) => {
	const pages = globSync([
		'README.md',
		'SECURITY.md',
		'CONTRIBUTING.md',
		'docs/*.md',
		'examples/*.json',
	]);
	const found = [...files, ...pages].filter((file) => {
		// Comments are not for users.
		const text = readFileSync(file, 'utf8').replace(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, '');
		return words.test(text);
	});
	expect(found).toEqual([]);
});
