import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { toFileName } from './fileName';

/** A file that n8n has, not read yet. */
export interface DocumentFile {
	/** Never a path. */
	name: string;
	/** As the item has it; a look at the content may know better. */
	mimeType: string;
	/** Bytes, as the item has it; the storage may know better. */
	size?: number;
	/** Whether it exceeds a chunk and the storage cannot stream it. */
	isNotStreamable?: boolean;
	/** The file as n8n refers to it, to pass it on without its content. */
	binary?: IBinaryData;
	/** Asks the storage for the exact number of bytes, where that is cheaper than reading them. */
	readStoredSize?(): Promise<number>;
	/** Reads the content from its beginning, in chunks; can be called again. */
	read(): AsyncIterable<Uint8Array>;
}

/** At most one chunk of a file is in memory at a time, unless the storage cannot stream it. */
export const CHUNK_BYTES = 256 * 1024;
/** How the IDs of files in n8n's database begin. A stream from there is the whole file in one piece. */
const DATABASE_ID = 'database:';
const CHUNK_CHARACTERS = 64 * 1024;

/** A file in n8n's storage, whichever it is. */
export function toDocumentFile(context: IExecuteFunctions, binary: IBinaryData): DocumentFile {
	const { id, bytes, fileName = '', mimeType } = binary;
	const file = { name: toFileName(fileName, mimeType), mimeType, binary };
	if (!id) return { ...file, size: bytes ?? countInline(binary), read: () => readInline(binary) };
	return {
		...file,
		size: bytes,
		isNotStreamable: id.startsWith(DATABASE_ID) && !fitsInChunk(binary),
		readStoredSize: async () => (await context.helpers.getBinaryMetadata(id)).fileSize,
		read: () => readStored(context, binary, id),
	};
}

async function* readStored(
	context: IExecuteFunctions,
	binary: IBinaryData,
	id: string,
): AsyncIterable<Uint8Array> {
	if (fitsInChunk(binary)) {
		// A stream would take four times the memory: n8n's reads whole chunks and copies the last.
		// The item index is required, but ignored for a binary value.
		yield await context.helpers.getBinaryDataBuffer(0, binary);
		return;
	}
	const stream: AsyncIterable<Uint8Array> = await context.helpers.getBinaryStream(id, CHUNK_BYTES);
	for await (const piece of stream) {
		for (let at = 0; at < piece.length; at += CHUNK_BYTES) {
			yield piece.subarray(at, at + CHUNK_BYTES);
		}
	}
}

function fitsInChunk({ bytes }: IBinaryData): boolean {
	return bytes !== undefined && bytes <= CHUNK_BYTES;
}

/**
 * Pinned data, and n8n's in-memory mode, hold the content as Base64 in the item. What a Code node
 * puts there may have line breaks.
 */
async function* readInline(binary: IBinaryData): AsyncIterable<Uint8Array> {
	const data = withoutUriPrefix(binary);
	let rest = '';
	for (let at = 0; at < data.length; at += CHUNK_CHARACTERS) {
		const text = rest + withoutSpace(data.slice(at, at + CHUNK_CHARACTERS));
		// Four characters hold three bytes.
		const whole = text.length - (text.length % 4);
		rest = text.slice(whole);
		if (whole > 0) yield Buffer.from(text.slice(0, whole), 'base64');
	}
	if (rest !== '') yield Buffer.from(rest, 'base64');
}

/** A Code node may have put a `data:` URI there, as a browser or a web API gives it. */
function withoutUriPrefix({ data }: IBinaryData): string {
	const prefix = /^\s*data:[^,]{0,200};base64,/i.exec(data.slice(0, CHUNK_CHARACTERS));
	return prefix ? data.slice(prefix[0].length) : data;
}

function withoutSpace(text: string): string {
	return text.replace(/\s+/g, '');
}

function countInline(binary: IBinaryData): number {
	return Buffer.byteLength(withoutSpace(withoutUriPrefix(binary)), 'base64');
}
