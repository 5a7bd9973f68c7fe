import { type Markup, markup } from './markup';
import {
	type Area,
	BOX_COLOURS,
	drawBoxes,
	drawImage,
	DRAWING_WIDTH,
	drawingHeight,
	placeBox,
} from './overlay';
import type { ReviewField } from '../results';
import type { PageImage } from './types';
import { count, describeField, toLabel, toPercent } from './wording';

const FONT_SIZE = 15;
/** Of the font size; generous for most fonts, and the text is fitted to it. */
const CHARACTER_WIDTH = 0.58;
const MAX_LABEL_CHARACTERS = 60;
const LABEL_HEIGHT = 22;
const MARGIN = 6;
const GAP = 3;

/**
 * Makes an SVG document of a page image with a box around every field that is on it. Fields to
 * review have a broken line and a label.
 */
export function highlightFields(page: PageImage, fields: ReviewField[]): string {
	const height = drawingHeight(page);
	const placed = fields.flatMap((field) => {
		const area = field.page === page.number && placeBox(field, height);
		return area ? [{ field, area }] : [];
	});
	const onPage = placed.map(({ field }) => field);
	const boxes = placed.map(({ area }) => area);
	const doubtful = placed.filter(({ field }) => field.isDoubtful);
	const title = `Page ${page.number}: ${count(onPage.length, 'field')}, ${doubtful.length} to review`;
	return markup`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${DRAWING_WIDTH} ${height}" width="${DRAWING_WIDTH}" height="${height}" role="img" aria-labelledby="title description">
<title id="title">${title}</title>
<desc id="description">${onPage.map((field) => `${describeField(field)}: ${field.value}`).join('\n')}</desc>
${drawImage(page, height)}
${drawBoxes(onPage, page.number, height)}
${doubtful.map(({ field, area }) => {
	const text = toLabelText(field);
	return drawLabel(text, placeLabel(text, area, boxes, height));
})}</svg>
`.toString();
}

function drawLabel(text: string, { x, y, width, height }: Area): Markup {
	return markup`<g font-family="system-ui, sans-serif" font-size="${FONT_SIZE}"><rect x="${x}" y="${y}" width="${width}" height="${height}" rx="4" fill="${BOX_COLOURS.doubtful}"/><text x="${x + MARGIN}" y="${y + FONT_SIZE + 1}" textLength="${width - 2 * MARGIN}" lengthAdjust="spacingAndGlyphs" fill="#fff">${text}</text></g>
`;
}

/** To the right of its box, above or below it, wherever it covers no other box. */
function placeLabel(text: string, box: Area, boxes: Area[], pageHeight: number): Area {
	const width = Math.ceil(Array.from(text).length * FONT_SIZE * CHARACTER_WIDTH) + 2 * MARGIN;
	const x = Math.max(0, Math.min(box.x, DRAWING_WIDTH - width));
	const places = [
		{ x: box.x + box.width + GAP, y: box.y },
		{ x, y: box.y - LABEL_HEIGHT - GAP },
		{ x, y: box.y + box.height + GAP },
	].map((place) => ({ ...place, width, height: LABEL_HEIGHT }));
	const page = { x: 0, y: 0, width: DRAWING_WIDTH, height: pageHeight };
	const onPage = places.filter((place) => isInside(place, page));
	return (
		onPage.find((place) => !boxes.some((other) => overlap(place, other))) ?? onPage[0] ?? places[1]
	);
}

function isInside(inner: Area, outer: Area): boolean {
	return (
		inner.x >= outer.x &&
		inner.y >= outer.y &&
		inner.x + inner.width <= outer.x + outer.width &&
		inner.y + inner.height <= outer.y + outer.height
	);
}

function overlap(one: Area, other: Area): boolean {
	return (
		one.x < other.x + other.width &&
		other.x < one.x + one.width &&
		one.y < other.y + other.height &&
		other.y < one.y + one.height
	);
}

function toLabelText({ name, confidence }: ReviewField): string {
	const characters = Array.from(toLabel(name));
	const isLong = characters.length > MAX_LABEL_CHARACTERS;
	if (isLong) characters.splice(MAX_LABEL_CHARACTERS - 1, Infinity, '…');
	return characters.join('') + (confidence === undefined ? '' : ` ${toPercent(confidence)}`);
}
