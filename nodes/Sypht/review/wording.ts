import type { ReviewField } from '../results';

const ACRONYMS = ['abn', 'bpay', 'bsb', 'crn', 'gst', 'id', 'ndis', 'vat'];

const WORD_BOUNDARY = /[._\s-]+|(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/;

/** Words for one of Sypht's names: `Invoice purchase order number` for `invoice.purchaseOrderNo`. */
export function toLabel(name: string): string {
	const label = name.split(WORD_BOUNDARY).filter(Boolean).map(spell).join(' ');
	return label === '' ? name : label[0].toUpperCase() + label.slice(1);
}

function spell(word: string): string {
	const lower = word.toLowerCase();
	if (ACRONYMS.includes(lower)) return lower.toUpperCase();
	if (lower === 'lineitems') return 'line items';
	if (lower === 'no') return 'number';
	return /^[^a-z]{2,}$/.test(word) ? word : lower;
}

/** Rounds down, so that 0.899 is not shown as the 90% that it fell short of. */
export function toPercent(confidence: number): string {
	const ROUNDING_ERROR = 1e-6;
	return `${Math.floor(confidence * 100 + ROUNDING_ERROR)}%`;
}

/** What a box says: `Invoice total, 61% confidence, to review`. */
export function describeField({ name, confidence, isDoubtful }: ReviewField): string {
	const rating = confidence !== undefined && `${toPercent(confidence)} confidence`;
	return [toLabel(name), rating, isDoubtful && 'to review'].filter(Boolean).join(', ');
}

/** `1 page`, `2 pages` */
export function count(number: number, noun: string): string {
	return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** `Page 3`, or `Pages 2, 4–6` */
export function listPages(numbers: number[]): string {
	const sorted = [...new Set(numbers)].sort((one, other) => one - other);
	const ranges: Array<[first: number, last: number]> = [];
	for (const number of sorted) {
		const range = ranges.at(-1);
		if (range?.[1] === number - 1) range[1] = number;
		else ranges.push([number, number]);
	}
	const list = ranges.map(([first, last]) => (first === last ? first : `${first}–${last}`));
	return `Page${sorted.length === 1 ? '' : 's'} ${list.join(', ')}`;
}
