import { readPdf } from './pdf';
import type { FileStructure } from './structure';
import { readTiff } from './tiff';

/**
 * Counts the pages of a document while its bytes go by. The work is linear in the number of bytes,
 * and work and memory are bounded: beyond that, the number of pages is unknown.
 *
 * @param chunks all bytes of the file, in pieces of any size
 */
export async function countPages(
	type: 'pdf' | 'tiff',
	chunks: AsyncIterable<Buffer>,
): Promise<FileStructure> {
	return type === 'pdf' ? await readPdf(chunks) : await readTiff(chunks);
}
