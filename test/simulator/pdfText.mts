/** A piece of text that stands by itself in a line. */
export interface Cell {
	text: string;
	/** Fractions of the page, from its upper left corner. */
	left: number;
	right: number;
	top: number;
	bottom: number;
}

export interface Line {
	/** 1-based. */
	page: number;
	cells: Cell[];
}

export interface PdfText {
	pages: number;
	lines: Line[];
}

interface TextItem {
	str: string;
	transform: number[];
	width: number;
	height: number;
}

/** Text that stands further apart than this many points is two cells. */
const CELL_GAP_POINTS = 12;
const LINE_TOLERANCE_POINTS = 2;

/** Where a cell stands, as Sypht gives it: a page from 1 on, and fractions of its size. */
export function toBounds(
	{ left, right, top, bottom }: Cell,
	page: number,
): Record<string, unknown> {
	return {
		type: 'bounds',
		pageNum: page,
		topLeft: { x: left, y: top },
		bottomRight: { x: right, y: bottom },
	};
}

/** Reads the text of a PDF as lines from top to bottom. */
export async function readPdfText(content: Uint8Array): Promise<PdfText> {
	const { getDocument, VerbosityLevel } = await import('pdfjs-dist/legacy/build/pdf.mjs');
	const pdf = await getDocument({
		data: new Uint8Array(content),
		verbosity: VerbosityLevel.ERRORS,
		useSystemFonts: true,
	}).promise;
	try {
		const lines: Line[] = [];
		for (let number = 1; number <= pdf.numPages; number++) {
			const page = await pdf.getPage(number);
			const [, , width, height] = page.view;
			const { items } = await page.getTextContent();
			const texts = items.filter(
				(item): item is (typeof items)[number] & TextItem => 'str' in item,
			);
			lines.push(...toLines(texts, { page: number, width, height }));
		}
		return { pages: pdf.numPages, lines };
	} finally {
		await pdf.destroy();
	}
}

function toLines(
	items: TextItem[],
	{ page, width, height }: { page: number; width: number; height: number },
): Line[] {
	const rows = new Map<number, TextItem[]>();
	for (const item of items.filter(({ str }) => str.trim() !== '')) {
		const y = item.transform[5];
		const known = [...rows.keys()].find((row) => Math.abs(row - y) <= LINE_TOLERANCE_POINTS);
		rows.set(known ?? y, [...(rows.get(known ?? y) ?? []), item]);
	}
	return [...rows.entries()]
		.sort(([a], [b]) => b - a)
		.map(([, row]) => ({ page, cells: toCells(row, width, height) }));
}

function toCells(row: TextItem[], width: number, height: number): Cell[] {
	const cells: Cell[] = [];
	for (const item of row.sort((a, b) => a.transform[4] - b.transform[4])) {
		const [x, y] = [item.transform[4], item.transform[5]];
		const previous = cells.at(-1);
		if (previous && x - previous.right * width < CELL_GAP_POINTS) {
			previous.text += item.str;
			previous.right = (x + item.width) / width;
		} else {
			cells.push({
				text: item.str,
				left: x / width,
				right: (x + item.width) / width,
				top: 1 - (y + item.height) / height,
				bottom: 1 - y / height,
			});
		}
	}
	return cells.map((cell) => ({ ...cell, text: cell.text.trim() }));
}
