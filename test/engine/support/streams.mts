import { Readable } from 'node:stream';

/** A file of which a part comes before the connection is cut. */
export function cutOffFile(): Readable {
	return Readable.from(
		(async function* readPart() {
			yield 'a part';
			throw Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
		})(),
	);
}

/** A file of which the rest never comes. */
export function stalledFile(): Readable {
	const stream = new Readable({ read() {} });
	stream.push('a part');
	return stream;
}
