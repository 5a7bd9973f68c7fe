import { readImageSize } from '../files/imageSize';
import { type Markup, markup } from './markup';
import type { ReviewField } from '../results';
import type { PageImage } from './types';
import { describeField } from './wording';

/** Drawings are this wide, whatever the image measures, so that lines and labels always fit. */
export const DRAWING_WIDTH = 1000;

/** A4, for images whose size cannot be read; they are stretched to it, boxes and all. */
const FALLBACK_RATIO = Math.SQRT2;

const PADDING = 4;

/** A rectangle in units of the drawing. */
export interface Area {
	x: number;
	y: number;
	width: number;
	height: number;
}

/** Colours that are at least 3:1 against white paper. Doubtful fields also have a broken line. */
export const BOX_COLOURS = { doubtful: '#c2410c', sure: '#0f766e' };

export function drawingHeight({ base64 }: PageImage): number {
	const size = readImageSize(Buffer.from(base64, 'base64'));
	return Math.round(DRAWING_WIDTH * (size ? size.height / size.width : FALLBACK_RATIO));
}

export function drawImage({ number, mimeType, base64 }: PageImage, height: number): Markup {
	return markup`<image id="page-${number}" width="${DRAWING_WIDTH}" height="${height}" preserveAspectRatio="none" href="data:${mimeType};base64,${base64}"/>`;
}

/**
 * The boxes of a page; `data-field` is the field's index in the list. Those of doubtful fields come last,
 * so that no other field at the same place hides them.
 */
export function drawBoxes(fields: ReviewField[], page: number, height: number): Markup[] {
	const boxes = fields.map((field, index) => ({ field, index, area: placeBox(field, height) }));
	return boxes
		.filter(({ field }) => field.page === page)
		.sort((one, other) => Number(one.field.isDoubtful) - Number(other.field.isDoubtful))
		.map(({ field, index, area }) => (area ? drawBox(field, index, area) : markup``));
}

function drawBox(field: ReviewField, index: number, area: Area): Markup {
	const { isDoubtful } = field;
	const colour = isDoubtful ? BOX_COLOURS.doubtful : BOX_COLOURS.sure;
	return markup`<g class="box${isDoubtful && ' doubtful'}" data-field="${index}"><title>${describeField(field)}</title><rect x="${area.x}" y="${area.y}" width="${area.width}" height="${area.height}" rx="2" fill="${colour}" fill-opacity="${isDoubtful ? 0.14 : 0.06}" stroke="${colour}" stroke-width="${isDoubtful ? 2.5 : 1.5}"${isDoubtful && markup` stroke-dasharray="7 4"`}/></g>`;
}

/** Where a field's box is in a drawing of this height; undefined without a box on the page. */
export function placeBox({ box }: ReviewField, height: number): Area | undefined {
	if (!box) return undefined;
	const left = within(box.left * DRAWING_WIDTH - PADDING, DRAWING_WIDTH);
	const top = within(box.top * height - PADDING, height);
	const right = within((box.left + box.width) * DRAWING_WIDTH + PADDING, DRAWING_WIDTH);
	const bottom = within((box.top + box.height) * height + PADDING, height);
	// The comparison is false for NaN as well.
	if (!(right > left && bottom > top)) return undefined;
	return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Whole units: a fraction of a thousandth of the page cannot be seen. */
function within(position: number, end: number): number {
	return Math.round(Math.min(Math.max(position, 0), end));
}
