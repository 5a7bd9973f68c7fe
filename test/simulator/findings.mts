import type { Cell, Line } from './pdfText.mts';

/** Something that was read from a document. */
export interface Finding {
	text: string;
	confidence: number;
	page: number;
	cell: Cell;
}

/** A label beside the value is good evidence, the look of the value alone is less. */
const LABELLED_CONFIDENCE = 0.96;
const PATTERN_CONFIDENCE = 0.71;
const POSITION_CONFIDENCE = 0.83;
/** That nothing was found says little: it may be there and unreadable. */
export const NOTHING_CONFIDENCE = 0.5;

/** The first value that stands behind a label, in the same cell or the next one. */
export function findLabelled(lines: Line[], label: RegExp, value: RegExp): Finding | undefined {
	for (const { page, cells } of lines) {
		for (const [index, cell] of cells.entries()) {
			const labelled = label.exec(cell.text);
			if (!labelled) continue;
			const behind = cell.text.slice(labelled.index + labelled[0].length);
			const found = value.exec(behind) ?? value.exec(cells[index + 1]?.text ?? '');
			if (found) {
				return { text: (found[1] ?? found[0]).trim(), confidence: LABELLED_CONFIDENCE, page, cell };
			}
		}
	}
	return undefined;
}

/** The first text of this look, wherever it stands. */
export function findPattern(lines: Line[], pattern: RegExp): Finding | undefined {
	for (const { page, cells } of lines) {
		for (const cell of cells) {
			const found = pattern.exec(cell.text);
			if (found) return { text: found[0], confidence: PATTERN_CONFIDENCE, page, cell };
		}
	}
	return undefined;
}

/** What stands at the very top on the left: on most invoices the name of who wrote it. */
export function findHeading(lines: Line[]): Finding | undefined {
	const [first] = lines;
	const [cell] = first?.cells ?? [];
	return cell && { text: cell.text, confidence: POSITION_CONFIDENCE, page: first.page, cell };
}
