import { CONFIDENCE, findLabelled, type Finding } from './findings.mts';
import type { Cell, Line } from './lines.mts';
import { name } from './values.mts';

const RECIPIENT_LABEL =
	/^(?:(?:bill(?:ed)?|invoiced?|sold) to\b|(?:customer(?: name)?|client|to)(?=\s*(?::|$)))/;

/** Words of titles and labels, which are not names. */
const NO_NAME =
	/\b(?:invoice|receipt|statement|bill|quote|page|date|abn|acn|phone|tel|fax|email)\b|[@:]|^[\W\d]+$/i;

/** A text that ends like this is a name, whatever words are in it. */
const COMPANY = /^[^@:\d]*\b(?:pty|ltd|limited|inc|llc|corp|gmbh)\.?$/i;

/** The issuer is in the upper part of the first page. */
const HEADING_PART = 0.35;

/** Lines further apart than this many font sizes are two blocks. */
const BLOCK_GAP = 2.2;
/** Cells that begin this close to each other, in fractions of the page, are in one column. */
const COLUMN_TOLERANCE = 0.02;

/** The largest text at the top of the first page that is not a title: who wrote the document. */
export function findIssuerName(lines: Line[]): Finding | undefined {
	const candidates = lines
		.flat()
		.filter(({ page, bottom, text }) => page === 1 && bottom < HEADING_PART && isName(text));
	const largest = Math.max(...candidates.map(({ size }) => size));
	const cell = candidates.find(({ size }) => size === largest);
	return cell && { value: cell.text, confidence: CONFIDENCE.position, cell };
}

function isName(text: string): boolean {
	return COMPANY.test(text) || !NO_NAME.test(text);
}

/** Separates the recipient and the lines below its label, so that its ABN is not the issuer's. */
export function takeRecipient(lines: Line[]): {
	recipient: Finding | undefined;
	recipientLines: Line[];
	rest: Line[];
} {
	const recipient = findLabelled(lines, RECIPIENT_LABEL, name);
	const label = lines.flat().find(({ text }) => new RegExp(RECIPIENT_LABEL, 'i').test(text));
	if (!recipient || !label) return { recipient, recipientLines: [], rest: lines };
	const block = new Set<Cell>([label]);
	let last = label;
	for (const cell of lines.slice(lines.findIndex((line) => line.includes(label)) + 1).flat()) {
		if (cell.page !== label.page || cell.bottom - last.bottom > last.size * BLOCK_GAP) break;
		if (Math.abs(cell.left - label.left) > COLUMN_TOLERANCE) continue;
		block.add(cell);
		last = cell;
	}
	const split = (isIn: boolean) =>
		lines
			.map((line) => line.filter((cell) => block.has(cell) === isIn))
			.filter((line) => line.length > 0);
	return { recipient, recipientLines: split(true), rest: split(false) };
}
