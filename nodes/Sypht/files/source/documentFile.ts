import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';

/** A file that n8n has, not read yet. */
export interface DocumentFile {
	/** The last part of the name: never a path. */
	name: string;
	/** As the item has it; a look at the content may know better. */
	mimeType: string;
	/** Bytes, as the item has it; the storage may know better. */
	size?: number;
	/** Whether it is more than a chunk and the storage has no way to give out less than all of it. */
	comesWhole?: boolean;
	/** Asks the storage for the exact number of bytes, where that is cheaper than to read them. */
	readStoredSize?(): Promise<number>;
	/** Reads the content from its beginning, chunk by chunk, as often as it is called. */
	read(): AsyncIterable<Uint8Array>;
}

/** More than one chunk at a time of a file is never in memory, unless it comes whole. */
export const CHUNK_BYTES = 256 * 1024;
/** How the ids of files in n8n's database begin. A stream from there has all of the file in one piece. */
const DATABASE_ID = 'database:';
/** So many characters of base64 hold three bytes. */
const GROUP_CHARACTERS = 4;
const CHUNK_CHARACTERS = 64 * 1024;
/** n8n wants an item's index beside a binary value, and does not look at it. */
const FIRST_ITEM = 0;

/** The file that n8n has stored, in whichever way it does. */
export function toDocumentFile(context: IExecuteFunctions, binary: IBinaryData): DocumentFile {
	return {
		name: lastPathPart(binary.fileName ?? '') || 'document',
		mimeType: binary.mimeType,
		size: binary.bytes ?? (binary.id ? undefined : countInline(binary)),
		comesWhole: binary.id?.startsWith(DATABASE_ID) && !fitsChunk(binary),
		readStoredSize: async () => await readStoredSize(context, binary),
		read: () => (binary.id ? readStored(context, binary, binary.id) : readInline(binary)),
	};
}

/** The last part of a path of any system. */
export function lastPathPart(path: string): string {
	return path.split(/[/\\]/).pop() ?? '';
}

async function* readStored(
	context: IExecuteFunctions,
	binary: IBinaryData,
	id: string,
): AsyncIterable<Uint8Array> {
	if (fitsChunk(binary)) {
		// A stream would take four times the memory for it: n8n's reads whole chunks, and copies the last.
		yield await context.helpers.getBinaryDataBuffer(FIRST_ITEM, binary);
	} else {
		const stream: AsyncIterable<Uint8Array> = await context.helpers.getBinaryStream(
			id,
			CHUNK_BYTES,
		);
		for await (const piece of stream) yield* cutIntoChunks(piece);
	}
}

function fitsChunk({ bytes }: IBinaryData): boolean {
	return bytes !== undefined && bytes <= CHUNK_BYTES;
}

function* cutIntoChunks(piece: Uint8Array): Iterable<Uint8Array> {
	for (let at = 0; at < piece.length; at += CHUNK_BYTES) yield piece.subarray(at, at + CHUNK_BYTES);
}

/**
 * Pinned data, and n8n's in-memory mode, hold the content as base64 in the item. What a Code node gives
 * may have line breaks in it.
 */
async function* readInline({ data }: IBinaryData): AsyncIterable<Uint8Array> {
	let rest = '';
	for (let at = 0; at < data.length; at += CHUNK_CHARACTERS) {
		const text = rest + withoutSpace(data.slice(at, at + CHUNK_CHARACTERS));
		const whole = text.length - (text.length % GROUP_CHARACTERS);
		rest = text.slice(whole);
		if (whole > 0) yield Buffer.from(text.slice(0, whole), 'base64');
	}
	if (rest !== '') yield Buffer.from(rest, 'base64');
}

function withoutSpace(text: string): string {
	return text.replace(/\s+/g, '');
}

async function readStoredSize(context: IExecuteFunctions, binary: IBinaryData): Promise<number> {
	if (!binary.id) return countInline(binary);
	const { fileSize } = await context.helpers.getBinaryMetadata(binary.id);
	return fileSize;
}

function countInline({ data }: IBinaryData): number {
	return Buffer.byteLength(withoutSpace(data), 'base64');
}
