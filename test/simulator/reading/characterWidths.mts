import { StandardFontEmbedder, StandardFonts } from 'pdf-lib';
import type { TextRun } from '../pdf/reader.mts';

const helvetica = StandardFontEmbedder.for(StandardFonts.Helvetica as never);

/** A digit's, for characters that Helvetica does not have. */
const DEFAULT_WIDTH = helvetica.widthOfTextAtSize('0', 1);

const widths = new Map<string, number>();

/**
 * Where each character of a run begins, and where the last one ends. A PDF reader tells only the
 * width of the whole run, so the characters share it as they would in Helvetica.
 */
export function measureCharacters({ text, left, right }: TextRun): number[] {
	const ends: number[] = [0];
	for (let index = 0; index < text.length; index++) {
		ends.push(ends[index] + widthOf(text[index]));
	}
	const scale = (right - left) / ends[text.length];
	return ends.map((end) => left + end * scale);
}

function widthOf(character: string): number {
	let width = widths.get(character);
	if (width === undefined) {
		width = measure(character);
		widths.set(character, width);
	}
	return width;
}

function measure(character: string): number {
	try {
		return helvetica.widthOfTextAtSize(character, 1);
	} catch {
		return DEFAULT_WIDTH;
	}
}
