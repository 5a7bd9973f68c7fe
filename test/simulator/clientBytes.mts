import { request } from 'node:http';
import { buffer } from 'node:stream/consumers';

/** A multipart body as a client writes it, and the `Content-Type` sent with it. */
export interface Form {
	contentType: string;
	body: Buffer;
}

/** Headers of a part, and its content. */
export type Part = [headers: string[], content: string | Buffer];

/** Writes a form byte for byte; nothing is added to the headers of its parts. */
export function writeForm(boundary: string, parts: Part[], contentType?: string): Form {
	const chunks = parts.flatMap(([headers, content]) => [
		Buffer.from(`--${boundary}\r\n${headers.join('\r\n')}\r\n\r\n`),
		Buffer.from(content as string),
		Buffer.from('\r\n'),
	]);
	return {
		contentType: contentType ?? `multipart/form-data; boundary=${boundary}`,
		body: Buffer.concat([...chunks, Buffer.from(`--${boundary}--\r\n`)]),
	};
}

export interface RawAnswer {
	status: number;
	body: unknown;
}

/** Sends exactly these headers besides `Host`, `Connection` and `Content-Length`. */
export async function sendBytes(
	url: string,
	method: string,
	headers: Record<string, string>,
	body: Buffer | string = '',
): Promise<RawAnswer> {
	const length = body.length > 0 ? { 'Content-Length': Buffer.byteLength(body) } : {};
	return await new Promise((resolve, reject) => {
		const sent = request(url, { method, headers: { ...headers, ...length } }, (response) => {
			buffer(response).then((bytes) => {
				const text = bytes.toString();
				const body = text === '' ? undefined : (JSON.parse(text) as unknown);
				resolve({ status: response.statusCode ?? 0, body });
			}, reject);
		});
		sent.on('error', reject).end(body);
	});
}
