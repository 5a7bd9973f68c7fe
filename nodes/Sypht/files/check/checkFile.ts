import { NodeOperationError, type INode } from 'n8n-workflow';
import type { Inspection } from './inspect';
import { describeOtherType } from './otherTypes';
import { findFault, type Fault } from './fault';

export interface FileLimits {
	maxSizeBytes: number;
	maxPages: number;
	/** What a user can do about a file that is refused: sentences that end its message. */
	advice: {
		/** For one above `maxSizeBytes`. */
		size: string;
		/** For one above `maxPages`. */
		pages: string;
		/** For one that Sypht would not be able to read. */
		content: string;
	};
}

/** Sypht's limits, which it raises on request (docs.sypht.com, "Prediction v2"). */
export const DEFAULT_MAX_SIZE_MB = 20;
export const DEFAULT_MAX_PAGES = 16;
/** For files that Sypht splits; what it accepts there is undocumented, so only absurd ones are refused. */
export const DEFAULT_MAX_BUNDLE_PAGES = 500;

export const BYTES_PER_MB = 1024 * 1024;

const FAULTS: Record<Fault, [string, string]> = {
	convertedToText: [
		'was damaged by a conversion to text',
		'The node before this one, or the system it came from, read the PDF as text and changed the bytes that are not. Read it as a binary file.',
	],
	cutOff: ['is incomplete', 'Its end is missing. Check how it was downloaded or saved.'],
	needsPassword: [
		'needs a password',
		'Sypht cannot open the PDF. Save it without a password first.',
	],
	isProtected: [
		'is protected',
		'The PDF opens only for certain people, e.g. with a certificate or by Microsoft Purview. Save it without protection first.',
	],
};

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
	const { type, size, pages, head } = inspection;
	const refuse = (reason: string, ...sentences: string[]) =>
		new NodeOperationError(node, `${label} ${reason}`, {
			description: sentences.filter(Boolean).join(' '),
		});
	if (size === 0) throw refuse('is empty', 'Check the node before this one: its file is empty.');
	if (size > maxSizeBytes) throw refuse(describeOversize(maxSizeBytes), advice.size);
	if (type === undefined) {
		throw refuse('is not a document type that Sypht reads', describeType(head), advice.content);
	}
	const fault = findFault(inspection);
	if (fault) {
		const [reason, explanation] = FAULTS[fault];
		throw refuse(reason, explanation, advice.content);
	}
	if (pages !== undefined && pages > maxPages) {
		throw refuse(`has ${pages} pages, more than ${maxPages}`, advice.pages);
	}
}

/** Completes "The file …". */
export function describeOversize(maxSizeBytes: number): string {
	return `is larger than ${Number((maxSizeBytes / BYTES_PER_MB).toFixed(2))} MB`;
}

function describeType(head: Buffer): string {
	const other = describeOtherType(head);
	const seems = other ? `This file looks like ${other.name}.` : 'The type of this file is unknown.';
	return [seems, other?.advice, 'Sypht reads PDF, PNG, JPEG, GIF and TIFF.']
		.filter(Boolean)
		.join(' ');
}
