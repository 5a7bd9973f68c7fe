import type { PageText, TextRun } from '../pdf/reader.mts';
import { measureCharacters } from './characterWidths.mts';

/** A separate piece of text in a line. All lengths are fractions of the page. */
export interface Cell {
	text: string;
	/** The first page is 1. */
	page: number;
	left: number;
	right: number;
	/** One font size above the baseline of the first line. */
	top: number;
	/** The baseline of the last line. */
	bottom: number;
	/** The font size. */
	size: number;
	/** Where each character begins and, as the last entry, where the last one ends. */
	edges: number[];
}

export type Line = Cell[];

/** Runs whose baselines differ by less belong to one line. */
const LINE_TOLERANCE_POINTS = 2;
/** Fractions of the font size: a gap that is a space, and one that separates two cells. */
const SPACE_GAP = 0.15;
const CELL_GAP = 1;

/** How far letters reach above and below the baseline, in font sizes; Helvetica's. */
const ASCENT = 0.93;
const DESCENT = 0.23;

/** Rebuilds the lines of a document from the positions of its runs of text, from top to bottom. */
export function toLines(pages: PageText[]): Line[] {
	return pages.flatMap((page, index) =>
		toRows(page.runs).map((row) => toCells(row).map((cell) => toFractions(cell, page, index + 1))),
	);
}

/** A part of a cell, by the positions of its characters. */
export function sliceCell(cell: Cell, start: number, end: number): Cell {
	const edges = cell.edges.slice(start, end + 1);
	const [left, right] = [edges[0], edges[edges.length - 1]];
	return { ...cell, text: cell.text.slice(start, end), left, right, edges };
}

/**
 * The box of a cell as `boundingBox` has it: page and two corners, without a `type` (seen in a real
 * result). It reaches from the top of the tallest letters to the bottom of the lowest ones.
 */
export function toBox({ page, left, right, top, bottom, size }: Cell) {
	return {
		pageNum: page,
		topLeft: { x: left, y: top + (1 - ASCENT) * size },
		bottomRight: { x: right, y: bottom + DESCENT * size },
	};
}

/** The same box inside of a value, where it has a `type` (docs.sypht.com, "Values"). */
export function toBounds(cell: Cell) {
	return { type: 'bounds', ...toBox(cell) };
}

/** How much of their width two cells share; negative when they are next to each other. */
export function overlap(a: Cell, b: Cell): number {
	return Math.min(a.right, b.right) - Math.max(a.left, b.left);
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

/** Text in points, of which `edges` are the positions of its characters. */
type PositionedText = Pick<Cell, 'text' | 'top' | 'bottom' | 'edges'>;

function toCells(row: TextRun[]): PositionedText[] {
	const cells: PositionedText[] = [];
	for (const run of row) {
		const cell = cells.at(-1);
		const edges = measureCharacters(run);
		const gap = cell ? (run.left - lastOf(cell.edges)) / (run.bottom - run.top || 1) : Infinity;
		if (!cell || gap >= CELL_GAP) {
			const { text, top, bottom } = run;
			cells.push({ text, top, bottom, edges });
		} else if (gap > SPACE_GAP) {
			cell.text += ` ${run.text}`;
			cell.edges.push(...edges);
		} else {
			cell.text += run.text;
			cell.edges.splice(-1, 1, ...edges);
		}
	}
	return cells.map(collapseSpaces);
}

/** Makes one space of several, and drops those at both ends. */
function collapseSpaces(cell: PositionedText): PositionedText {
	const { text, top, bottom, edges } = cell;
	if (!/^\s|\s\s|[^\S ]|\s$/.test(text)) return cell;
	const words = [...text.matchAll(/\S+/g)];
	const collapsed = words.map(({ 0: word, index }) => edges.slice(index, index + word.length + 1));
	return { text: words.map(([word]) => word).join(' '), top, bottom, edges: collapsed.flat() };
}

function toFractions(cell: PositionedText, { width, height }: PageText, page: number): Cell {
	const edges = cell.edges.map((edge) => edge / width);
	return {
		text: cell.text,
		page,
		left: edges[0],
		right: lastOf(edges),
		top: cell.top / height,
		bottom: cell.bottom / height,
		size: (cell.bottom - cell.top) / height,
		edges,
	};
}

function lastOf(edges: number[]): number {
	return edges[edges.length - 1];
}
