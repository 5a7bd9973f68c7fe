import { constants, deflateRawSync, deflateSync } from 'node:zlib';

const MB = 1024 * 1024;
export const LARGEST_BYTES = 20 * MB;

const PDF_HEAD = '%PDF-1.5\n';
const PDF_END = '\nstartxref\n0\n%%EOF\n';
const INVOICE_TREE =
	'1 0 obj << /Type /Pages /Count 1 >> endobj 2 0 obj << /Type /Page >> endobj\n';

/** Malicious files: each passes as a document whose number of pages is unknown. */
export const HOSTILE_FILES: Record<string, () => Buffer> = {
	'"1 0 objx " repeated to 1 MB': () => repeatInPdf('1 0 objx ', MB),
	'"1 0 objx " repeated to 20 MB': () => repeatInPdf('1 0 objx '),
	'an object stream that claims two million objects': () =>
		pdfOf(objectStream(2_000_000, 8_000_000)),
	'an object stream of a megabyte that expands to a gigabyte': () => {
		// Flushed, the compressed data ends with a whole byte and can follow itself.
		const finishFlush = constants.Z_FULL_FLUSH;
		const zeros = deflateRawSync(Buffer.alloc(64 * MB), { finishFlush });
		const bomb = Buffer.concat([Buffer.from('789c', 'hex'), ...Array<Buffer>(15).fill(zeros)]);
		return pdfOf(stream('/Type /ObjStm /Filter /FlateDecode /N 9 /First 40', bomb));
	},
	'object streams that expand a thousandfold, one after the other': () =>
		pdfOf(...Array<Buffer>(500).fill(objectStream(10_000, 1_900_000, 40_000))),
	'dictionaries ten million levels deep': () => repeatInPdf('<<'),
	'objects inside objects': () => repeatInPdf('1 0 obj << /Kids [ '),
	'pages without a tree': () => pdfOf(pageObjects(LARGEST_BYTES / 50)),
	'trees without a page': () => repeatInPdf('1 0 obj << /Type /Pages /Count 9 >> endobj\n'),
	'dictionaries that are almost something': () =>
		repeatInPdf(`1 0 obj << /Type${' '.repeat(60_000)}/Filter${' '.repeat(4_000)}endobj\n`),
	'streams that never end': () => repeatInPdf('1 0 obj << /Length 9 0 R >> stream\n'),
	digits: () => repeatInPdf('1234567890'),
	blanks: () => repeatInPdf(' '),
	'a TIFF whose directory follows itself': () => tiffOf([8]),
	'a TIFF whose directories go in a circle': () => tiffOf([26, 8]),
	'a TIFF of as many directories as fit': () =>
		tiffOf(Array.from({ length: LARGEST_BYTES / 18 - 1 }, (_, n) => 8 + 18 * (n + 1))),
	'a TIFF with directories of 65,535 entries': () => {
		const directory = Buffer.alloc(2 + 65_535 * 12 + 4);
		directory.writeUInt16LE(65_535);
		const count = Math.floor(LARGEST_BYTES / directory.length) - 1;
		const directories = Array.from({ length: count }, (_, n) => {
			const copy = Buffer.from(directory);
			copy.writeUInt32LE(8 + directory.length * (n + 1), directory.length - 4);
			return copy;
		});
		return Buffer.concat([tiffHead(8), ...directories, directory.subarray(0, 9)]);
	},
};

/** A document of 20 MB as scanners make them, to compare the others with. */
export function makeLargeDocument(): Buffer {
	const image = stream('/Type /XObject', Buffer.alloc(LARGEST_BYTES - 1_000, 'image'));
	return pdfOf(Buffer.from(INVOICE_TREE), image);
}

function repeatInPdf(fragment: string, bytes = LARGEST_BYTES): Buffer {
	return pdfOf(Buffer.alloc(bytes - PDF_HEAD.length - PDF_END.length, fragment, 'latin1'));
}

function pdfOf(...parts: Buffer[]): Buffer {
	return Buffer.concat([Buffer.from(PDF_HEAD), ...parts, Buffer.from(PDF_END)]);
}

function stream(dictionary: string, data: Buffer): Buffer {
	const head = `9 0 obj << ${dictionary} /Length ${data.length} >>\nstream\n`;
	return Buffer.concat([Buffer.from(head), data, Buffer.from('\nendstream\nendobj\n')]);
}

/** An object stream that claims a number of objects, which begin at `first`, and expands to `bytes`. */
function objectStream(objects: number, bytes: number, first = bytes): Buffer {
	const data = deflateSync(Buffer.alloc(bytes, '1 0 '), { level: 9 });
	return stream(`/Type /ObjStm /Filter /FlateDecode /N ${objects} /First ${first}`, data);
}

function pageObjects(count: number): Buffer {
	const objects = Array.from({ length: count }, (_, n) => `${n + 9} 0 obj<</Type/Page>>endobj\n`);
	return Buffer.from(objects.join(''));
}

function tiffHead(offset: number): Buffer {
	const head = Buffer.from('II*\0\0\0\0\0', 'latin1');
	head.writeUInt32LE(offset, 4);
	return head;
}

/** Directories of one entry, each with the offset of the one that follows it. */
function tiffOf(offsets: number[]): Buffer {
	const directories = Buffer.alloc(offsets.length * 18);
	offsets.forEach((offset, n) => {
		directories.writeUInt16LE(1, n * 18);
		directories.writeUInt16LE(256, n * 18 + 2);
		directories.writeUInt32LE(offset, n * 18 + 14);
	});
	return Buffer.concat([tiffHead(8), directories]);
}
