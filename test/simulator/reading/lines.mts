import type { PageText, TextRun } from '../pdf/reader.mts';

/** A piece of text that stands by itself in a line, with its place in fractions of the page. */
export interface Cell {
	text: string;
	/** 1-based. */
	page: number;
	left: number;
	right: number;
	top: number;
	bottom: number;
}

export type Line = Cell[];

/** Runs whose feet differ by less belong to one line. */
const LINE_TOLERANCE_POINTS = 2;
/** Fractions of the text's height: a gap that is a space, and one that parts two cells. */
const SPACE_GAP = 0.15;
const CELL_GAP = 1;

/** Rebuilds the lines of a document from where its runs of text stand, from top to bottom. */
export function toLines(pages: PageText[]): Line[] {
	return pages.flatMap((page, index) =>
		toRows(page.runs).map((row) =>
			toCells(row).map(({ text, left, right, top, bottom }) => ({
				text: text.trim(),
				page: index + 1,
				left: left / page.width,
				right: right / page.width,
				top: top / page.height,
				bottom: bottom / page.height,
			})),
		),
	);
}

/** A part of a cell; all characters are taken to be equally wide. */
export function sliceCell(cell: Cell, start: number, end: number): Cell {
	const width = (cell.right - cell.left) / cell.text.length;
	return {
		...cell,
		text: cell.text.slice(start, end),
		left: cell.left + start * width,
		right: cell.left + end * width,
	};
}

/** Where a cell stands, as Sypht gives it (`bounds` in its list of value types). */
export function toBounds({ page, left, right, top, bottom }: Cell) {
	return {
		type: 'bounds',
		pageNum: page,
		topLeft: { x: left, y: top },
		bottomRight: { x: right, y: bottom },
	};
}

/** How much of their width two cells have in common; negative when one is beside the other. */
export function overlap(a: Cell, b: Cell): number {
	return Math.min(a.right, b.right) - Math.max(a.left, b.left);
}

export function heightOf({ top, bottom }: Cell): number {
	return bottom - top;
}

function toRows(runs: TextRun[]): TextRun[][] {
	const rows: TextRun[][] = [];
	for (const run of runs.toSorted((a, b) => a.bottom - b.bottom)) {
		const row = rows.at(-1);
		if (row && run.bottom - row[0].bottom <= LINE_TOLERANCE_POINTS) row.push(run);
		else rows.push([run]);
	}
	return rows.map((row) => row.toSorted((a, b) => a.left - b.left));
}

function toCells(row: TextRun[]): TextRun[] {
	const cells: TextRun[] = [];
	for (const run of row) {
		const cell = cells.at(-1);
		const gap = cell ? (run.left - cell.right) / (run.bottom - run.top || 1) : Infinity;
		if (cell && gap < CELL_GAP) {
			cell.text += (gap > SPACE_GAP ? ' ' : '') + run.text;
			cell.right = run.right;
		} else {
			cells.push({ ...run });
		}
	}
	return cells.map((cell) => ({ ...cell, text: cell.text.replace(/\s+/g, ' ') }));
}
