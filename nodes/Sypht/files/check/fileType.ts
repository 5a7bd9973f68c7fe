/** The kinds of files that Sypht reads (the checks of its Go and Node clients). */
export type FileType = 'pdf' | 'png' | 'jpeg' | 'gif' | 'tiff';

export const MIME_TYPES: Record<FileType, string> = {
	pdf: 'application/pdf',
	png: 'image/png',
	jpeg: 'image/jpeg',
	gif: 'image/gif',
	tiff: 'image/tiff',
};

/** How much of a file's beginning `detectFileType` needs: readers look for "%PDF-" in that much. */
export const HEAD_BYTES = 1024;

const SIGNATURES: Array<[FileType, string]> = [
	['png', '\x89PNG\r\n\x1a\n'],
	['jpeg', '\xff\xd8\xff'],
	['gif', 'GIF87a'],
	['gif', 'GIF89a'],
	['tiff', 'II*\0'],
	['tiff', 'MM\0*'],
];

/** What a file really is, by its first bytes; undefined for everything that Sypht does not read. */
export function detectFileType(head: Buffer): FileType | undefined {
	const text = head.toString('latin1', 0, HEAD_BYTES);
	const signature = SIGNATURES.find(([, bytes]) => text.startsWith(bytes));
	return signature?.[0] ?? (text.includes('%PDF-') ? 'pdf' : undefined);
}

/** Names what a file of another type seems to be, for messages. */
export function describeOtherType(head: Buffer): string {
	const text = head.toString('latin1', 0, HEAD_BYTES).trimStart();
	if (/^<(!doctype|html|\?xml)/i.test(text)) return 'a web page';
	if (text.startsWith('PK\x03\x04')) return 'an Office document or a ZIP archive';
	if (text.startsWith('{') || text.startsWith('[')) return 'JSON text';
	if (text.slice(4, 8) === 'ftyp') return 'a photo or video of a phone (HEIC or MP4)';
	return 'something else';
}
