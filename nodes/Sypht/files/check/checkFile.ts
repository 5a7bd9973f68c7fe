import { NodeOperationError, type INode } from 'n8n-workflow';
import { isForCertainPeople, needsPassword } from './encryption';
import type { Inspection } from './inspect';
import { describeOtherType } from './otherTypes';

export interface FileLimits {
	maxSizeBytes: number;
	maxPages: number;
	/** What a user can do about a file that is refused for one of these: ends its message. */
	advice: { size: string; pages: string; content: string };
}

/** Sypht's limits, which it raises on request (docs.sypht.com, "Prediction v2"). */
export const DEFAULT_MAX_SIZE_MB = 20;
export const DEFAULT_MAX_PAGES = 16;
/** For files that Sypht splits; what it accepts there is undocumented, so only absurd ones are refused. */
export const DEFAULT_MAX_BUNDLE_PAGES = 500;

export const BYTES_PER_MB = 1024 * 1024;

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

/**
 * Refuses a file that Sypht would not read, before it costs an upload. What is not certain passes.
 *
 * @param label names the file in messages
 * @throws NodeOperationError with a description that ends with the limits' advice
 */
export function checkFile(
	node: INode,
	label: string,
	inspection: Inspection,
	{ maxSizeBytes, maxPages, advice }: FileLimits,
): void {
	const { type, size, pages, head, isCutOff, isCover, encryption } = inspection;
	const refuse = (reason: string, description: string) =>
		new NodeOperationError(node, `${label} ${reason}`, { description });
	const refuseContent = (reason: string, ...sentences: Array<string | undefined>) =>
		refuse(reason, [...sentences, advice.content].filter(Boolean).join(' '));
	if (size === 0) throw refuse('is empty', 'Check the node before this one: its file is empty.');
	if (size > maxSizeBytes) throw refuse(describeOversize(maxSizeBytes), advice.size);
	if (type === undefined) {
		const other = describeOtherType(head);
		throw refuseContent(
			'is not a document type that Sypht reads',
			other ? `This file looks like ${other.name}.` : 'The type of this file is unknown.',
			other?.advice,
			'Sypht reads PDF, PNG, JPEG, GIF and TIFF.',
		);
	}
	if (type === 'application/pdf' && CONVERTED.test(head.toString('latin1'))) {
		throw refuseContent(
			'was damaged by a conversion to text',
			'The node before this one, or the system it came from, read the PDF as text and changed the bytes that are not. Read it as a binary file.',
		);
	}
	if (isCutOff) {
		throw refuseContent(
			'is incomplete',
			'Its end is missing. Check how it was downloaded or saved.',
		);
	}
	if (isCover || (encryption && isForCertainPeople(encryption))) {
		throw refuseContent(
			'is protected',
			'The PDF opens only for certain people, e.g. with a certificate or by Microsoft Purview. Save it without protection first.',
		);
	}
	if (encryption && needsPassword(encryption)) {
		throw refuseContent(
			'needs a password',
			'Sypht cannot open the PDF. Save it without a password first.',
		);
	}
	if (pages !== undefined && pages > maxPages) {
		throw refuse(`has ${pages} pages, more than ${maxPages}`, advice.pages);
	}
}

/** Completes "The file …". */
export function describeOversize(maxSizeBytes: number): string {
	return `is larger than ${Number((maxSizeBytes / BYTES_PER_MB).toFixed(2))} MB`;
}
