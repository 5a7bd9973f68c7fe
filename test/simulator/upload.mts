import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { Busboy, type BusboyHeaders } from '@fastify/busboy';

export interface ReceivedFile {
	fieldName: string;
	fileName: string;
	mimeType: string;
	size: number;
	sha256: string;
	/** Undefined for a file above the limit, of which only size and hash are known. */
	content?: Buffer;
}

export interface ReceivedForm {
	fields: Record<string, string>;
	files: ReceivedFile[];
}

/** Reads a multipart form as it comes; of a file that is too large nothing is kept. */
export async function readForm(request: IncomingMessage, maxBytes: number): Promise<ReceivedForm> {
	const form: ReceivedForm = { fields: {}, files: [] };
	const parser = new Busboy({ headers: request.headers as BusboyHeaders });
	parser.on('field', (name, value) => (form.fields[name] = value));
	parser.on('file', (fieldName, stream, fileName, _encoding, mimeType) => {
		const hash = createHash('sha256');
		let chunks: Buffer[] = [];
		let size = 0;
		stream.on('data', (chunk: Buffer) => {
			hash.update(chunk);
			size += chunk.length;
			if (size > maxBytes) chunks = [];
			else chunks.push(chunk);
		});
		stream.on('end', () => {
			const content = size > maxBytes ? undefined : Buffer.concat(chunks);
			form.files.push({ fieldName, fileName, mimeType, size, sha256: hash.digest('hex'), content });
		});
	});
	await new Promise<void>((resolve, reject) => {
		parser.on('finish', resolve);
		parser.on('error', reject);
		request.on('close', () => reject(new Error('The request ended early')));
		request.pipe(parser);
	});
	return form;
}
