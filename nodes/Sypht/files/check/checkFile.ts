import { NodeOperationError, type INode } from 'n8n-workflow';
import { describeOtherType } from './fileType';
import type { Inspection } from './inspect';

export interface FileLimits {
	maxSizeBytes: number;
	maxPages: number;
}

/** Sypht's limits, which it raises on request (docs.sypht.com, "Prediction v2"). */
export const DEFAULT_MAX_SIZE_MB = 20;
export const DEFAULT_MAX_PAGES = 16;

export const BYTES_PER_MB = 1024 * 1024;

const TO_SEND_ANYWAY = 'To send it anyway, turn off Check File in the options.';

/**
 * Refuses a file that Sypht would not read, before it costs an upload.
 *
 * @param label names the file in messages
 * @throws NodeOperationError that names the limit and how to raise it
 */
export function checkFile(
	node: INode,
	label: string,
	{ type, size, pages, head }: Inspection,
	{ maxSizeBytes, maxPages }: FileLimits,
): void {
	if (size === 0) {
		throw new NodeOperationError(node, `${label} is empty`, {
			description: 'Check the node before this one: it gave out a file of 0 bytes.',
		});
	}
	if (size > maxSizeBytes) {
		const limit = formatMegabytes(maxSizeBytes);
		throw new NodeOperationError(node, `${label} is larger than ${limit}`, {
			description: `The limit of Sypht is ${DEFAULT_MAX_SIZE_MB} MB. If it was raised for your account, raise Max File Size in the options too.`,
		});
	}
	if (type === undefined) {
		throw new NodeOperationError(node, `${label} is not a document type that Sypht reads`, {
			description: `Sypht reads PDF, PNG, JPEG, GIF and TIFF; by its content this is ${describeOtherType(head)}. ${TO_SEND_ANYWAY}`,
		});
	}
	if (pages !== undefined && pages > maxPages) {
		throw new NodeOperationError(node, `${label} has ${pages} pages, more than ${maxPages}`, {
			description: `The limit of Sypht is ${DEFAULT_MAX_PAGES} pages. If it was raised for your account, raise Max Pages in the options too.`,
		});
	}
}

function formatMegabytes(bytes: number): string {
	return `${Number((bytes / BYTES_PER_MB).toFixed(2))} MB`;
}
