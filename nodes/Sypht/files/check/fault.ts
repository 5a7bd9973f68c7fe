import type { Inspection } from './inspect';
import { isForCertainPeople, needsPassword } from './encryption';

export type Fault = 'convertedToText' | 'cutOff' | 'needsPassword' | 'isProtected';

/** A character in UTF-8. Bytes that are no text hold hardly a few of them one after the other. */
const UTF_8 =
	'(?:[^\x80-\xff]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3})';
/**
 * What conversions leave of how compressed data and JPEGs begin: U+FFFD in place of bytes, two bytes
 * each, or digits (quoted-printable). The comment after the header of a PDF tells nothing, since some
 * PDFs were edited as text and are whole.
 */
const REPLACED = '[xhH]?\xef\xbf\xbd';
const DOUBLED = 'x\xc2\x9c|x\xc3\x9a|h\xc2\x81|h\xc3\x9e|H\xc2\x89|\xc3\xbf\xc3\x98';
const QUOTED = 'x=9C|x=DA|H=89|=FF=D8';
const CONVERTED = new RegExp(`stream\\r?\\n(?=${REPLACED}|${DOUBLED}|${QUOTED})${UTF_8}{20}`);

/** What keeps a file from being read, if that is certain. */
export function findFault(inspection: Inspection): Fault | undefined {
	const { type, head, isCutOff, isCover, encryption } = inspection;
	if (type === 'pdf' && CONVERTED.test(head.toString('latin1'))) return 'convertedToText';
	if (isCutOff) return 'cutOff';
	if (isCover || (encryption && isForCertainPeople(encryption))) return 'isProtected';
	return encryption && needsPassword(encryption) ? 'needsPassword' : undefined;
}
