import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parentPort } from 'node:worker_threads';
import { getDocument, Util, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';
import type { PageText, PdfText, Reply, Task, TextRun } from './reader.mts';

interface TextItem {
	str: string;
	transform: number[];
	width: number;
	height: number;
}

interface CanvasFactory {
	create(width: number, height: number): { canvas: PngCanvas };
}

interface PngCanvas {
	toBuffer(type: 'image/png'): Uint8Array;
}

const pdfjsFolder = path.dirname(fileURLToPath(import.meta.resolve('pdfjs-dist/package.json')));

/** Pixels per point, which makes A4 893 pixels wide. */
const IMAGE_SCALE = 1.5;

parentPort?.on('message', async ({ id, ...task }: Task & { id: number }) => {
	const reply: Reply = await perform(task).then(
		(result) => ({ id, result }),
		(error: Error) => ({ id, error: error.message }),
	);
	parentPort?.postMessage(reply);
});

async function perform(task: Task): Promise<unknown> {
	const loading = getDocument({
		data: new Uint8Array(await readFile(task.file)),
		verbosity: VerbosityLevel.ERRORS,
		standardFontDataUrl: `${path.join(pdfjsFolder, 'standard_fonts')}${path.sep}`,
	});
	try {
		const pdf = await loading.promise;
		return task.kind === 'read' ? await read(pdf, task.maxPages) : await draw(pdf, task.page);
	} finally {
		await loading.destroy();
	}
}

async function read(pdf: PDFDocumentProxy, maxPages: number): Promise<PdfText> {
	const pages: PageText[] = [];
	for (let number = 1; number <= Math.min(pdf.numPages, maxPages); number++) {
		pages.push(await readPage(await pdf.getPage(number)));
	}
	return { pageCount: pdf.numPages, pages };
}

async function readPage(page: PDFPageProxy): Promise<PageText> {
	const { width, height, transform } = page.getViewport({ scale: 1 });
	const { items } = await page.getTextContent();
	const runs = items
		.filter((item): item is (typeof items)[number] & TextItem => 'str' in item)
		.filter(({ str }) => str.trim() !== '')
		.map((item): TextRun => {
			const [, , , , left, bottom] = Util.transform(transform, item.transform) as number[];
			return {
				text: item.str,
				left,
				right: left + item.width,
				top: bottom - item.height,
				bottom,
			};
		});
	return { width, height, runs };
}

async function draw(pdf: PDFDocumentProxy, number: number): Promise<Uint8Array> {
	const page = await pdf.getPage(number);
	const viewport = page.getViewport({ scale: IMAGE_SCALE });
	// pdf.js draws only on a canvas of its own copy of the package.
	const { canvas } = (pdf.canvasFactory as CanvasFactory).create(viewport.width, viewport.height);
	await page.render({ canvas, viewport }).promise;
	return canvas.toBuffer('image/png');
}
