import { execFileSync, spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { detectFileType } from '../../nodes/Sypht/files/check/fileType';
import { countPages } from '../../nodes/Sypht/files/pageCount';
import { printInvoices, sampleInvoice } from '../samples/invoices.mts';
import { inChunks, makePdf } from '../unit/files/support.mts';

/** A program that rewrites a file in its own style. */
interface Recipe {
	tool: string;
	/** Given the name of a file and that of the new one. */
	args: (from: string, to: string) => string[];
	writes?: 'tiff';
}

const qpdf = (...options: string[]): Recipe => ({
	tool: 'qpdf',
	args: (from, to) => [...options, from, to],
});
const ghostscript = (device: string, ...options: string[]): Recipe => ({
	tool: 'gs',
	args: (from, to) => [
		'-q',
		'-dBATCH',
		'-dNOPAUSE',
		`-sDEVICE=${device}`,
		...options,
		`-o${to}`,
		from,
	],
	writes: device.startsWith('tiff') ? 'tiff' : undefined,
});

const PDF_RECIPES = [
	qpdf('--linearize'),
	qpdf('--object-streams=generate'),
	qpdf('--object-streams=disable'),
	qpdf('--qdf', '--object-streams=disable'),
	qpdf('--stream-data=uncompress'),
	qpdf('--compress-streams=n', '--object-streams=generate'),
	qpdf('--linearize', '--object-streams=generate'),
	qpdf('--encrypt', '', 'owner', '256', '--'),
	qpdf('--encrypt', '', 'owner', '128', '--use-aes=y', '--', '--object-streams=generate'),
	ghostscript('pdfwrite', '-dCompatibilityLevel=1.3'),
	ghostscript('pdfwrite', '-dCompatibilityLevel=1.7'),
	ghostscript('pdfwrite', '-dFastWebView=true'),
	ghostscript('tiffg4', '-r50'),
	ghostscript('tiff24nc', '-r30'),
];
const TIFF_RECIPES: Recipe[] = [['-c', 'lzw'], ['-c', 'zip'], ['-B'], ['-L'], ['-t']].map(
	(options) => ({
		tool: 'tiffcp',
		args: (from, to) => [...options, from, to],
		writes: 'tiff',
	}),
);

/** What counts the pages of a file independently, where it is installed. */
const COUNTERS = {
	pdf: (file: string) => Number(/^Pages:\s*(\d+)/m.exec(runTool('pdfinfo', file))?.[1]),
	tiff: (file: string) => runTool('tiffinfo', file).split('TIFF Directory at').length - 1,
};
const hasCounters = isInstalled('pdfinfo') && isInstalled('tiffinfo');

let folder: string;

beforeAll(() => void (folder = mkdtempSync(path.join(tmpdir(), 'sypht-corpus-'))));
afterAll(() => rmSync(folder, { recursive: true }));

jest.setTimeout(120_000);

function isInstalled(tool: string): boolean {
	return spawnSync(tool, ['--version']).error === undefined;
}

function runTool(tool: string, ...args: string[]): string {
	return execFileSync(tool, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
}

async function makeOriginals(): Promise<Array<[name: string, content: Buffer, pages: number]>> {
	return [
		['invoice', await printInvoices([sampleInvoice]), 1],
		['invoices', await printInvoices([sampleInvoice, sampleInvoice]), 2],
		['short', await makePdf(3, true), 3],
		['long', await makePdf(40, false), 40],
	];
}

/** Lets every recipe that can run here write the file anew, and returns the names of the new files. */
function rewrite(file: string, recipes: Recipe[]): string[] {
	return recipes.flatMap((recipe, number) => {
		if (!isInstalled(recipe.tool)) return [];
		const to = `${file.replace(/\.\w+$/, '')}-${number}.${recipe.writes ?? 'pdf'}`;
		runTool(recipe.tool, ...recipe.args(file, to));
		return [to];
	});
}

it('counts the pages of what common programs write as Poppler and libtiff do, or says that it does not know', async () => {
	const files: string[] = [];
	for (const [name, content, pages] of await makeOriginals()) {
		const original = path.join(folder, `${name}.pdf`);
		writeFileSync(original, content);
		expect([name, (await countPages('pdf', inChunks(content, 65_536))).pages]).toEqual([
			name,
			pages,
		]);
		const rewritten = rewrite(original, PDF_RECIPES);
		const tiffs = rewritten.filter((file) => file.endsWith('.tiff'));
		files.push(original, ...rewritten, ...tiffs.flatMap((tiff) => rewrite(tiff, TIFF_RECIPES)));
	}
	files.push(...globSync('node_modules/**/*.pdf'));

	const different: string[] = [];
	const unknown: string[] = [];
	for (const file of hasCounters ? files : []) {
		const content = readFileSync(file);
		const type = file.endsWith('.tiff') ? 'tiff' : 'pdf';
		expect([file, detectFileType(content)]).toEqual([file, type]);
		const { pages } = await countPages(type, inChunks(content, 65_536));
		if (pages === undefined) unknown.push(file);
		else if (pages !== COUNTERS[type](file)) different.push(`${file}: ${pages}`);
	}
	expect(different).toEqual([]);
	// Object streams that are encrypted cannot be read.
	expect(unknown.length).toBeLessThanOrEqual(files.length / 5);
});
