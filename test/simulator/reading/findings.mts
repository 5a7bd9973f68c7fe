import { overlap, sliceCell, type Cell, type Line } from './lines.mts';
import type { ValueKind } from './values.mts';

/** Something that was read from a document. */
export interface Finding {
	value: string;
	confidence: number;
	cell: Cell;
}

/**
 * How sure a value is, by what speaks for it: a label is good evidence, the look of the value alone is
 * less. That nothing was found says little: it may be there and unreadable.
 */
export const CONFIDENCE = {
	besideLabel: 0.96,
	belowLabel: 0.92,
	position: 0.83,
	pattern: 0.71,
	wrongChecksum: 0.6,
	nothing: 0.5,
	unreadable: 0.1,
};

/**
 * The first value that stands behind a label, in the same cell or the next one; if there is none, the
 * first one that stands below a label.
 */
export function findLabelled(lines: Line[], label: RegExp, kind: ValueKind): Finding | undefined {
	let below: Finding | undefined;
	for (const [index, line] of lines.entries()) {
		for (const [position, cell] of line.entries()) {
			for (const match of cell.text.matchAll(new RegExp(label, 'gi'))) {
				const start = skipSeparators(cell.text, match.index + match[0].length);
				const endsCell = start === cell.text.length;
				const beside =
					readAt(cell, start, kind) ?? (endsCell && readAt(line[position + 1], 0, kind));
				if (beside) return { ...beside, confidence: CONFIDENCE.besideLabel };
				if (endsCell) below ??= readBelow(lines[index + 1], cell, kind);
			}
		}
	}
	return below;
}

/** The first text of this kind, wherever it stands. */
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
	const text = sticky.exec(cell.text)?.[0];
	const value = text && normalise(text.trim());
	if (!value) return undefined;
	return { value, cell: sliceCell(cell, start, start + text.length) };
}
