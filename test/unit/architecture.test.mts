import path from 'node:path';
import { readProjectFile } from './support/projectFiles.mts';
import { listImports, sourceFiles } from './support/sourceFiles.mts';

/** The way down: a folder may import from those after it. */
const WAY_DOWN = ['fields', 'api', 'files', 'transport', 'credentials', 'http'];
const PURE = ['results', 'review'];
/** Files that import nothing, which every folder may import from. */
const BASIC_FILES = ['nodes/Sypht/files/imageSize.ts', 'nodes/Sypht/http/isObject.ts'];

/** What each folder may import from, apart from itself. */
const ALLOWED: Record<string, string[]> = {
	nodes: ['resources', 'trigger', ...WAY_DOWN, ...PURE],
	resources: [...WAY_DOWN, ...PURE],
	trigger: [...WAY_DOWN, ...PURE],
	...Object.fromEntries(WAY_DOWN.map((folder, n) => [folder, WAY_DOWN.slice(n + 1)])),
	results: [],
	review: [],
};

/** What a folder may import types from, but nothing else. */
const ALLOWED_TYPES: Record<string, string[]> = { fields: ['results'], review: ['results'] };

const MAX_RESOURCE_LINES = 150;

function folderOf(file: string): string {
	const [, inner] = /^nodes\/Sypht\/([^/]+)\//.exec(file) ?? [];
	return inner ?? file.split('/')[0];
}

it('every folder has a place in the architecture', () => {
	const folders = [...new Set(sourceFiles.map(folderOf))];
	expect(folders.sort()).toEqual(Object.keys(ALLOWED).sort());
});

it('a file imports only from its own folder and from folders below', () => {
	const wrong = sourceFiles.flatMap((file) => {
		const from = folderOf(file);
		return listImports(file)
			.filter(({ target, isTypeOnly }) => {
				const to = folderOf(target);
				if (to === from || ALLOWED[from].includes(to) || BASIC_FILES.includes(target)) return false;
				return !(isTypeOnly && ALLOWED_TYPES[from]?.includes(to));
			})
			.map(({ target }) => `${file} -> ${target}`);
	});
	expect(wrong).toEqual([]);
});

it.each(BASIC_FILES)('%s imports nothing', (file) => {
	expect(listImports(file)).toEqual([]);
});

it('no imports form a circle, not even of types', () => {
	const done = new Set<string>();
	const circles: string[] = [];
	const visit = (file: string, trail: string[]): void => {
		if (trail.includes(file)) {
			circles.push([...trail.slice(trail.indexOf(file)), file].join(' -> '));
		}
		if (done.has(file) || trail.includes(file)) return;
		for (const { target } of listImports(file)) visit(target, [...trail, file]);
		done.add(file);
	};
	for (const file of sourceFiles) visit(file, []);
	expect(circles).toEqual([]);
});

it('only the fields and the dispatch of the node call getNodeParameter', () => {
	const readers = sourceFiles.filter((file) => readProjectFile(file).includes('getNodeParameter'));
	expect(readers.sort()).toEqual(['nodes/Sypht/Sypht.node.ts', 'nodes/Sypht/fields/readFields.ts']);
});

it(`an operation has its own file, unless its whole resource fits into ${MAX_RESOURCE_LINES} lines`, () => {
	const operations = sourceFiles
		.filter((file) => folderOf(file) === 'resources' && !file.includes('/shared/'))
		.map((file) => {
			const text = readProjectFile(file);
			const count = text.match(/\bdefineOperation\(/g)?.length ?? 0;
			return { file, count, lines: text.trimEnd().split('\n').length };
		});
	expect(operations.some(({ count }) => count > 1)).toBe(true);
	const crowded = operations.filter(({ file, count, lines }) => {
		const isWholeResource = path.posix.basename(path.posix.dirname(file)) === 'resources';
		return count > 1 && !(isWholeResource && lines <= MAX_RESOURCE_LINES);
	});
	expect(crowded).toEqual([]);
});
