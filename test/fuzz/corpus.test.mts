import { execFileSync, spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { INode } from 'n8n-workflow';
import { checkFile } from '../../nodes/Sypht/files/check/checkFile';
import { detectFileType } from '../../nodes/Sypht/files/check/fileType';
import { inspectFile } from '../../nodes/Sypht/files/check/inspect';
import { readPdf } from '../../nodes/Sypht/files/pageCount/pdf';
import { readTiff } from '../../nodes/Sypht/files/pageCount/tiff';
import { printInvoices, sampleInvoice } from '../samples/invoices.mts';
import { chunkedFile, inChunks, makePdf } from '../unit/files/support.mts';
import { OTHER_PDFS } from './runs.mts';

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

/** What counts the pages of a file independently, where it is installed; NaN if it does not open. */
const COUNTERS = {
	pdf: (file: string) => Number(/^Pages:\s*(\d+)/m.exec(readOutput('pdfinfo', file))?.[1]),
	tiff: (file: string) => readOutput('tiffinfo', file).split('TIFF Directory at').length - 1,
};
const installed = new Map<string, boolean>();
const hasCounters = isInstalled('pdfinfo') && isInstalled('tiffinfo');

let folder: string;

beforeAll(() => void (folder = mkdtempSync(path.join(tmpdir(), 'sypht-corpus-'))));
afterAll(() => rmSync(folder, { recursive: true }));

function isInstalled(tool: string): boolean {
	const isKnown = installed.get(tool) ?? spawnSync(tool, ['--version']).error === undefined;
	installed.set(tool, isKnown);
	return isKnown;
}

function readOutput(tool: string, ...args: string[]): string {
	return spawnSync(tool, args, { encoding: 'utf8' }).stdout ?? '';
}

async function makeOriginals(): Promise<Array<[name: string, content: Buffer, pages: number]>> {
	return [
		['invoice', await printInvoices([sampleInvoice]), 1],
		['invoices', await printInvoices([sampleInvoice, sampleInvoice]), 2],
		['short', await makePdf(3, true), 3],
		['long', await makePdf(20, false), 20],
	];
}

/** Lets every recipe that can run here write the file anew, and returns the names of the new files. */
function rewrite(file: string, recipes: Recipe[]): string[] {
	return recipes.flatMap((recipe, number) => {
		if (!isInstalled(recipe.tool)) return [];
		const to = `${file.replace(/\.\w+$/, '')}-${number}.${recipe.writes ?? 'pdf'}`;
		execFileSync(recipe.tool, recipe.args(file, to), { stdio: 'ignore' });
		return [to];
	});
}

it('counts the pages of what common programs write as Poppler and libtiff do, or says that it does not know', async () => {
	const files: string[] = [];
	for (const [name, content, pages] of await makeOriginals()) {
		const original = path.join(folder, `${name}.pdf`);
		writeFileSync(original, content);
		expect([name, (await readPdf(inChunks(content, 65_536))).pages]).toEqual([name, pages]);
		const rewritten = rewrite(original, PDF_RECIPES);
		const tiffs = rewritten.filter((file) => file.endsWith('.tiff'));
		files.push(original, ...rewritten, ...tiffs.flatMap((tiff) => rewrite(tiff, TIFF_RECIPES)));
	}
	files.push(...globSync(OTHER_PDFS));

	const different: string[] = [];
	const unknown: string[] = [];
	for (const file of hasCounters ? files : []) {
		const content = readFileSync(file);
		const type = file.endsWith('.tiff') ? 'tiff' : 'pdf';
		const counted = COUNTERS[type](file);
		if (!(counted > 0)) continue;
		const mimeType = type === 'tiff' ? 'image/tiff' : 'application/pdf';
		expect([file, detectFileType(content)]).toEqual([file, mimeType]);
		const { pages } = await (type === 'tiff' ? readTiff : readPdf)(inChunks(content, 65_536));
		if (pages === undefined) unknown.push(file);
		else if (pages !== counted) different.push(`${file}: ${pages}, not ${counted}`);
	}
	expect(different).toEqual([]);
	// Object streams that are encrypted cannot be read.
	expect(unknown.length).toBeLessThanOrEqual(files.length / 5);
});

/** What can happen to a PDF before it arrives. */
const DAMAGES: Array<[title: string, (pdf: Buffer) => Buffer]> = [
	...[0.1, 0.3, 0.5, 0.7, 0.9].map((share): (typeof DAMAGES)[number] => [
		`cut at ${share}`,
		(pdf) => pdf.subarray(0, pdf.length * share),
	]),
	...[1, 5, 10, 20, 50, 100, 200, 500].map((bytes): (typeof DAMAGES)[number] => [
		`without its last ${bytes} bytes`,
		(pdf) => pdf.subarray(0, pdf.length - bytes),
	]),
	...[5, 9, 20].map((bytes): (typeof DAMAGES)[number] => [
		`without its first ${bytes} bytes`,
		(pdf) => pdf.subarray(bytes),
	]),
	...[1, 900, 3000].map((bytes): (typeof DAMAGES)[number] => [
		`after ${bytes} other bytes`,
		(pdf) => Buffer.concat([Buffer.alloc(bytes, 'x\n'), pdf]),
	]),
	['with other bytes behind it', (pdf) => Buffer.concat([pdf, Buffer.alloc(5000, '<p>')])],
	[
		'with other line breaks',
		(pdf) => Buffer.from(pdf.toString('latin1').replaceAll('\n', '\r\n'), 'latin1'),
	],
	[
		'overwritten near its end',
		(pdf) => Buffer.from(pdf).fill(0, pdf.length - 700, pdf.length - 650),
	],
];

async function isRefused(content: Buffer): Promise<boolean> {
	const advice = { size: '', pages: '', content: '' };
	const limits = { maxSizeBytes: Infinity, maxPages: Infinity, advice };
	const inspection = await inspectFile(chunkedFile(content));
	try {
		checkFile({} as INode, 'The file', inspection, limits);
		return false;
	} catch {
		return true;
	}
}

/** Whether a reader that is installed finds pages, be it with warnings. */
function opens(file: string): boolean {
	return COUNTERS.pdf(file) > 0 || Number(readOutput('qpdf', '--show-npages', file)) > 0;
}

it('false refusals: refuses no damaged PDF that Poppler or qpdf opens', async () => {
	const refused: string[] = [];
	for (const [name, content] of await makeOriginals()) {
		const original = path.join(folder, `${name}.pdf`);
		writeFileSync(original, content);
		const files = [original, ...rewrite(original, PDF_RECIPES.slice(0, 3))];
		for (const file of files) {
			for (const [title, damage] of DAMAGES) {
				const damaged = damage(readFileSync(file));
				if (!(await isRefused(damaged))) continue;
				writeFileSync(`${file}.damaged`, damaged);
				if (opens(`${file}.damaged`)) refused.push(`${path.basename(file)} ${title}`);
			}
		}
	}
	expect(refused).toEqual([]);
});
