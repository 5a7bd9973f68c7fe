import { type Markup, markup } from './markup';
import { type Area, DRAWING_WIDTH, placeBox } from './overlay';
import type { ReviewField, ReviewTable } from '../results';
import { toLabel, toPercent } from './wording';

/** Characters that fit into an input; a longer value gets a text area. */
const INPUT_WIDTH = 22;

/** The name of the buttons that decide; a field of this name must not answer for them. */
export const DECISION = 'decision';

/** A clipping of the page is at least this many times as wide as it is high. */
const CLIPPING_RATIO = 7;

interface FieldListOptions {
	isEditable: boolean;
	/** Whether it matters which page a field is on. */
	hasPages: boolean;
	/** The heights of the drawings of the pages that are shown, by page number. */
	pageHeights: Map<number, number>;
}

/**
 * A list of fields with its heading.
 *
 * @param firstIndex the index of its first field among all fields
 */
export function listFields(
	heading: string,
	fields: ReviewField[],
	firstIndex: number,
	options: FieldListOptions,
): Markup {
	if (fields.length === 0) return markup``;
	return markup`<h2>${heading} <span class="count">${fields.length}</span></h2>
<ul class="fields">
${fields.map((field, index) => listField(field, firstIndex + index, options))}</ul>
`;
}

function listField(field: ReviewField, index: number, options: FieldListOptions): Markup {
	const { name, isDoubtful } = field;
	return markup`<li class="field${isDoubtful && ' doubtful'}" data-field="${index}">
<label for="value-${index}" title="${name}"><bdi>${toLabel(name)}</bdi></label>
<span class="confidence" id="confidence-${index}">${describeConfidence(field, options.hasPages)}</span>
${isDoubtful && clipPage(field, options.pageHeights)}${drawInput(field, index, options)}
</li>
`;
}

function describeConfidence(field: ReviewField, hasPages: boolean): Markup {
	const { confidence, isDoubtful, page } = field;
	const percent = confidence === undefined ? 'not rated' : toPercent(confidence);
	return markup`${hasPages && page !== undefined && markup`<span class="page">page ${page}</span> `}<span class="rating">${percent}<span class="unseen"> confidence${isDoubtful && ', to review'}</span></span>`;
}

/** The field as it is printed, cut out of the page image, so that it can be compared at a glance. */
function clipPage(field: ReviewField, pageHeights: Map<number, number>): Markup {
	const pageHeight = pageHeights.get(field.page ?? 0);
	const area = pageHeight !== undefined && placeBox(field, pageHeight);
	if (!area) return markup``;
	const clipping = surround(area, pageHeight);
	return markup`<svg class="clipping" viewBox="${clipping.x} ${clipping.y} ${clipping.width} ${clipping.height}" width="${clipping.width}" height="${clipping.height}" aria-hidden="true"><use href="#page-${field.page}"/><rect x="${area.x}" y="${area.y}" width="${area.width}" height="${area.height}" rx="2"/></svg>
`;
}

function surround(area: Area, pageHeight: number): Area {
	const height = Math.min(area.height + 16, pageHeight);
	const width = Math.min(Math.max(area.width + 40, height * CLIPPING_RATIO), DRAWING_WIDTH);
	const centre = (start: number, length: number, clipped: number, end: number) =>
		Math.round(Math.min(Math.max(start + (length - clipped) / 2, 0), end - clipped));
	return {
		x: centre(area.x, area.width, width, DRAWING_WIDTH),
		y: centre(area.y, area.height, height, pageHeight),
		width,
		height,
	};
}

function drawInput({ name, value }: ReviewField, index: number, options: FieldListOptions): Markup {
	const isSent = options.isEditable && name !== DECISION;
	const attributes = markup`class="value" id="value-${index}"${isSent ? markup` name="${name}"` : markup` readonly`} aria-describedby="confidence-${index}" dir="auto" autocomplete="off" spellcheck="false"`;
	const isLong = value.length > INPUT_WIDTH || /[\r\n]/.test(value);
	if (!isLong) return markup`<input ${attributes} value="${value}" placeholder="Nothing found">`;
	// The parser drops a line feed that follows the tag.
	return markup`<textarea ${attributes} rows="2">
${value}</textarea>`;
}

/** A table of line items, which is shown for reference. */
export function listTable({ name, columns, rows }: ReviewTable, index: number): Markup {
	const alignments = columns.map((_, column) => rows.every((row) => isAmount(row[column] ?? '')));
	const align = (column: number) => alignments[column] && markup` class="amount"`;
	return markup`<h2 id="table-${index}"><bdi>${toLabel(name)}</bdi> <span class="count">${rows.length}</span></h2>
<div class="table" tabindex="0" role="region" aria-labelledby="table-${index}"><table>
<thead><tr>${columns.map((column, at) => markup`<th scope="col"${align(at)}>${toLabel(column)}</th>`)}</tr></thead>
<tbody>
${rows.map((row) => markup`<tr>${columns.map((_, at) => markup`<td${align(at)}>${row[at] ?? ''}</td>`)}</tr>\n`)}</tbody>
</table></div>
`;
}

/** Whether a cell is a number, perhaps with a short currency or unit, or empty. */
function isAmount(text: string): boolean {
	return text === '' || (/\d/.test(text) && /^\P{L}*(?:\p{L}{1,3}\P{L}*)?$/u.test(text));
}
