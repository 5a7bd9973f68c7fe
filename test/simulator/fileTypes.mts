/** A file type that the service accepts. */
export interface FileType {
	extension: 'pdf' | 'png' | 'jpg' | 'gif' | 'tiff';
	mimeType: string;
}

/** How files begin, for the types that Sypht's own clients accept (PDF, JPEG, PNG, GIF, TIFF). */
const SIGNATURES: Array<[start: string, type: FileType]> = [
	['\x89PNG\r\n\x1a\n', { extension: 'png', mimeType: 'image/png' }],
	['\xff\xd8\xff', { extension: 'jpg', mimeType: 'image/jpeg' }],
	['GIF8', { extension: 'gif', mimeType: 'image/gif' }],
	['II*\0', { extension: 'tiff', mimeType: 'image/tiff' }],
	['MM\0*', { extension: 'tiff', mimeType: 'image/tiff' }],
];

const PDF: FileType = { extension: 'pdf', mimeType: 'application/pdf' };

/** How much of a file must be known to detect its type. */
export const HEAD_BYTES = 1024;

/** The type of a file by its content, whatever its name says. */
export function detectType(head: Buffer): FileType | undefined {
	const text = head.toString('latin1', 0, HEAD_BYTES);
	// Readers of PDFs accept other bytes before the header.
	if (text.includes('%PDF-')) return PDF;
	return SIGNATURES.find(([start]) => text.startsWith(start))?.[1];
}

/** Counts the pages of a TIFF: each directory has the position of the next one. */
export function countTiffPages(file: Buffer): number {
	const isLittleEndian = file[0] === 0x49;
	const readShort = (at: number) =>
		isLittleEndian ? file.readUInt16LE(at) : file.readUInt16BE(at);
	const readLong = (at: number) => (isLittleEndian ? file.readUInt32LE(at) : file.readUInt32BE(at));
	const seen = new Set<number>();
	let directory = readLong(4);
	while (directory !== 0 && !seen.has(directory) && directory + 6 <= file.length) {
		seen.add(directory);
		const next = directory + 2 + readShort(directory) * 12;
		directory = next + 4 <= file.length ? readLong(next) : 0;
	}
	return seen.size;
}
