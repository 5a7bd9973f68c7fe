import { asObject } from './objects';
import { readNumber } from './result';

/** A rectangle on a page, in fractions of the page's width and height, from its top left corner. */
export interface Box {
	left: number;
	top: number;
	width: number;
	height: number;
}

export interface Location {
	/** The first page is 1. */
	page?: number;
	box?: Box;
}

/** A thousandth of a pixel on any page image. */
const DECIMALS = 6;

/**
 * Reads a field's `boundingBox`: `pageNum` and two corners in fractions of the page (real results,
 * and docs.sypht.com, "Values"). One that is missing, empty or outside of the page gives no box.
 */
export function readLocation(boundingBox: unknown): Location {
	const { pageNum, topLeft, bottomRight } = asObject(boundingBox);
	const page = readNumber(pageNum);
	if (page === undefined || !Number.isInteger(page) || page < 1) return {};
	const horizontal = readSpan(asObject(topLeft).x, asObject(bottomRight).x);
	const vertical = readSpan(asObject(topLeft).y, asObject(bottomRight).y);
	if (!horizontal || !vertical) return { page };
	const [left, width] = horizontal;
	const [top, height] = vertical;
	return { page, box: { left, top, width, height } };
}

/** Start and length of what lies between two coordinates on the page. */
function readSpan(from: unknown, to: unknown): [number, number] | undefined {
	const coordinates = [readNumber(from), readNumber(to)];
	if (!coordinates.every((coordinate) => coordinate !== undefined)) return undefined;
	const [start, end] = coordinates
		.map((coordinate) => Math.min(Math.max(coordinate, 0), 1))
		.sort((a, b) => a - b);
	const length = round(end - start);
	return length > 0 ? [round(start), length] : undefined;
}

function round(fraction: number): number {
	return Number(fraction.toFixed(DECIMALS));
}
