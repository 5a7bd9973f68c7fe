import { overlap, sliceCell, type Cell, type Line } from './lines.mts';
import type { ValueKind } from './values.mts';

/** A value that was read from a document, and the place where it is. */
export interface Finding {
	value: string;
	confidence: number;
	cell: Cell;
}

/**
 * The confidence of a value by the evidence for it: a label is good evidence, the format of the value
 * alone is weaker.
 */
export const CONFIDENCE = {
	nextToLabel: 0.96,
	belowLabel: 0.92,
	position: 0.83,
	pattern: 0.71,
	wrongChecksum: 0.6,
	noEvidence: 0.5,
};

/** Real results have confidences for fields that were not found, 0.62 to 0.98; these are theirs. */
const NOT_FOUND: Record<string, number> = {
	'document.supplierABN': 0.8408,
	'document.supplierGSTN': 0.9543,
	'invoice.amountDue': 0.8891,
	'invoice.amountPaid': 0.7406,
	'invoice.dueDate': 0.9232,
	'invoice.gst': 0.7689,
	'invoice.purchaseOrderNo': 0.9826,
	'invoice.subTotal': 0.6203,
};

/** For fields that no known real result has without a value. */
const NOT_FOUND_ELSEWHERE = 0.9;

/** The confidence that a document does not have a field. */
export function confidenceOfNothing(fieldName: string): number {
	return NOT_FOUND[fieldName] ?? NOT_FOUND_ELSEWHERE;
}

/** The first value after a label, in the same cell or the next one; otherwise the first below a label. */
export function findLabelled(lines: Line[], label: RegExp, kind: ValueKind): Finding | undefined {
	let below: Finding | undefined;
	for (const [index, line] of lines.entries()) {
		for (const [position, cell] of line.entries()) {
			for (const match of cell.text.matchAll(new RegExp(label, 'gi'))) {
				const start = skipSeparators(cell.text, match.index + match[0].length);
				const endsCell = start === cell.text.length;
				const next = readAt(cell, start, kind) ?? (endsCell && readAt(line[position + 1], 0, kind));
				if (next) return { ...next, confidence: CONFIDENCE.nextToLabel };
				if (endsCell) below ??= readBelow(lines[index + 1], cell, kind);
			}
		}
	}
	return below;
}

/** The first text of this kind, wherever it is. */
export function findPattern(lines: Line[], kind: ValueKind): Finding | undefined {
	for (const cell of lines.flat()) {
		for (const match of cell.text.matchAll(kind.pattern)) {
			const found = readAt(cell, match.index, kind);
			if (found) return { ...found, confidence: CONFIDENCE.pattern };
		}
	}
	return undefined;
}

function skipSeparators(text: string, start: number): number {
	return start + (/^[\s:.#]*/.exec(text.slice(start))?.[0].length ?? 0);
}

function readBelow(line: Line | undefined, label: Cell, kind: ValueKind): Finding | undefined {
	const cell = line?.find((other) => other.page === label.page && overlap(other, label) > 0);
	const found = readAt(cell, 0, kind);
	return found && { ...found, confidence: CONFIDENCE.belowLabel };
}

function readAt(
	cell: Cell | undefined,
	start: number,
	{ pattern, normalise }: ValueKind,
): Omit<Finding, 'confidence'> | undefined {
	if (!cell) return undefined;
	const sticky = new RegExp(pattern, pattern.flags.replace('g', 'y'));
	sticky.lastIndex = start;
	const matched = sticky.exec(cell.text)?.[0] ?? '';
	const text = matched.trim();
	const value = text && normalise(text);
	if (!value) return undefined;
	const first = start + matched.indexOf(text);
	return { value, cell: sliceCell(cell, first, first + text.length) };
}
