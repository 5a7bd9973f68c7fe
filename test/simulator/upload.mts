import { createHash, randomUUID } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { Busboy, type BusboyHeaders } from '@fastify/busboy';
import { HEAD_BYTES } from './fileTypes.mts';
import { Refusal } from './refusal.mts';

export interface ReceivedFile {
	fieldName: string;
	fileName: string;
	/** As the client says. */
	mimeType: string;
	size: number;
	sha256: string;
	/** The first bytes, which show the type. */
	head: Buffer;
	/** Where the bytes are kept; undefined if the file is larger than what is kept. */
	location?: string;
}

export interface ReceivedForm {
	/** The last value of each name. */
	fields: Record<string, string>;
	/** All values of `tags`: some clients send a form field for each tag. */
	tags: string[];
	files: ReceivedFile[];
}

/** Where received files are kept, and how large they may be to be kept. */
export interface Storage {
	folder: string;
	maxBytes: number;
}

/** Reads a multipart form while it arrives; files go to disk, so memory stays flat. */
export async function readForm(request: IncomingMessage, storage: Storage): Promise<ReceivedForm> {
	const fields: Record<string, string> = {};
	const tags: string[] = [];
	const files: Array<Promise<ReceivedFile>> = [];
	const streams: Readable[] = [];
	try {
		const parser = new Busboy({ headers: request.headers as BusboyHeaders });
		parser.on('field', (name, value) => {
			fields[name] = value;
			if (name === 'tags') tags.push(value);
		});
		parser.on('file', (fieldName, stream, fileName, _encoding, mimeType) => {
			// A broken form is reported by both the parser and the file in it.
			stream.on('error', ignore);
			streams.push(stream);
			const kept = keepFile(stream, storage).then((file) => ({
				...file,
				fieldName,
				fileName: unescapeFileName(fileName),
				mimeType,
			}));
			kept.catch(ignore);
			files.push(kept);
		});
		await new Promise<void>((resolve, reject) => {
			parser.on('finish', resolve).on('error', reject);
			request.on('error', reject).pipe(parser);
		});
		return { fields, tags, files: await Promise.all(files) };
	} catch (error) {
		const reason = error as Error;
		// The client reads the answer only after it has sent everything.
		request.unpipe().resume();
		for (const stream of streams) stream.destroy(reason);
		await Promise.allSettled(files);
		throw new Refusal(400, `The form could not be read: ${reason.message}`);
	}
}

/** Keeps the bytes of a file while they arrive, up to a size. */
export async function keepFile(
	chunks: AsyncIterable<Buffer> | Iterable<Buffer>,
	{ folder, maxBytes }: Storage,
): Promise<Omit<ReceivedFile, 'fieldName' | 'fileName' | 'mimeType'>> {
	const location = path.join(folder, randomUUID());
	const handle = await open(location, 'w');
	const hash = createHash('sha256');
	let head = Buffer.alloc(0);
	let size = 0;
	let isKept = false;
	try {
		for await (const chunk of chunks) {
			if (head.length < HEAD_BYTES) {
				head = Buffer.concat([head, chunk.subarray(0, HEAD_BYTES - head.length)]);
			}
			hash.update(chunk);
			size += chunk.length;
			if (size <= maxBytes) await handle.writeFile(chunk);
		}
		isKept = size <= maxBytes;
	} finally {
		await handle.close();
		if (!isKept) await rm(location);
	}
	return { size, sha256: hash.digest('hex'), head, location: isKept ? location : undefined };
}

function ignore(): void {}

/** Browsers escape only these three characters in the name of a file. */
function unescapeFileName(fileName: string): string {
	return fileName.replace(/%(22|0D|0A)/gi, (_, code: string) =>
		String.fromCharCode(parseInt(code, 16)),
	);
}
