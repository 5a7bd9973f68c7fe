import type { PdfFacts } from '../pageCount/pdf';
import { needsPassword } from './pdfPassword';

export type PdfFault = 'convertedToText' | 'cutOff' | 'needsPassword';

/** U+FFFD in UTF-8, in place of each byte that was not valid text. */
const REPLACED = '\xef\xbf\xbd';
/**
 * Where no program writes it: as the bytes that mark a PDF as binary, which follow its header, and
 * in the header of compressed data.
 */
const CONVERTED = new RegExp(
	`%PDF-[\\d.]+\\s+%${REPLACED}${REPLACED}|stream\\r?\\n[xhH]${REPLACED}`,
);

/** What keeps a PDF from being read, if that is certain. */
export function findPdfFault(
	head: Buffer,
	{ isCutOff, encryption }: PdfFacts,
): PdfFault | undefined {
	if (CONVERTED.test(head.toString('latin1'))) return 'convertedToText';
	if (isCutOff) return 'cutOff';
	return encryption && needsPassword(encryption) ? 'needsPassword' : undefined;
}
