import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open } from 'node:fs/promises';
import path from 'node:path';
import { makeTemporaryFolder } from '../e2e/harness/temporaryFolder.mts';

/** Files of one size in their own folder. */
export interface FileSet {
	folder: string;
	/** For n8n's node "Read/Write Files from Disk". */
	pattern: string;
	paths: string[];
	hashes: string[];
	bytes: number;
}

const CHUNK_BYTES = 1024 * 1024;
/** A photo of a receipt, to any program that does not draw it. */
const JPEG_HEAD = Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex');

/** Makes pictures of random content, so that the service has nothing to read of them. */
export async function makeFiles(count: number, bytes: number): Promise<FileSet> {
	const folder = path.join(await makeTemporaryFolder('bench'), `${count}-of-${bytes}`);
	await mkdir(folder, { recursive: true });
	const paths = Array.from({ length: count }, (_, n) =>
		path.join(folder, `receipt-${String(n).padStart(5, '0')}.jpg`),
	);
	const hashes: string[] = [];
	for (const filePath of paths) hashes.push(await writeRandomFile(filePath, bytes));
	return { folder, pattern: `${folder}/*.jpg`, paths, hashes, bytes };
}

async function writeRandomFile(filePath: string, bytes: number): Promise<string> {
	const hash = createHash('sha256');
	const file = await open(filePath, 'w');
	for (let written = 0; written < bytes; ) {
		const chunk = randomBytes(Math.min(CHUNK_BYTES, bytes - written));
		if (written === 0) JPEG_HEAD.copy(chunk);
		hash.update(chunk);
		await file.write(chunk);
		written += chunk.length;
	}
	await file.close();
	return hash.digest('hex');
}
