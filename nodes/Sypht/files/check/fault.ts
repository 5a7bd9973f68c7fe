import type { Inspection } from './inspect';
import { isForCertainPeople, needsPassword } from './encryption';

export type Fault = 'convertedToText' | 'cutOff' | 'needsPassword' | 'isProtected';

/** U+FFFD in UTF-8, in place of each byte that was not valid text. */
const REPLACED = '\xef\xbf\xbd';
/**
 * At the start of a stream: what conversions to text leave of the header of compressed data, or of a
 * JPEG. The comment after the header of a PDF tells nothing, since some PDFs were edited as text and
 * are whole.
 */
const CONVERTED = new RegExp(
	`stream\\r?\\n(?:[xhH](?:${REPLACED}|[\xc2\xc3][\x80-\xbf])|${REPLACED}${REPLACED}|\xc3\xbf\xc3\x98|x=(?:9C|DA)|H=89|=FF=D8)`,
);

/** What keeps a file from being read, if that is certain. */
export function findFault(inspection: Inspection): Fault | undefined {
	const { type, head, isCutOff, isCover, encryption } = inspection;
	if (type === 'pdf' && CONVERTED.test(head.toString('latin1'))) return 'convertedToText';
	if (isCutOff) return 'cutOff';
	if (isCover || (encryption && isForCertainPeople(encryption))) return 'isProtected';
	return encryption && needsPassword(encryption) ? 'needsPassword' : undefined;
}
