import type { PdfFacts } from '../pageCount/pdf';
import { needsPassword } from './pdfPassword';

export type PdfFault = 'convertedToText' | 'cutOff' | 'needsPassword';

/** U+FFFD in UTF-8, in place of each byte that was not valid text. */
const REPLACED = '\xef\xbf\xbd';
/**
 * At the start of a stream: in the header of compressed data, or in place of that of a JPEG. The
 * comment after the header of a PDF tells nothing, since some PDFs were edited as text and are whole.
 */
const CONVERTED = new RegExp(`stream\\r?\\n(?:[xhH]${REPLACED}|${REPLACED}${REPLACED})`);

/** What keeps a PDF from being read, if that is certain. */
export function findPdfFault(
	head: Buffer,
	{ isCutOff, encryption }: PdfFacts,
): PdfFault | undefined {
	if (CONVERTED.test(head.toString('latin1'))) return 'convertedToText';
	if (isCutOff) return 'cutOff';
	return encryption && needsPassword(encryption) ? 'needsPassword' : undefined;
}
