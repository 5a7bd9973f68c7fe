import { readPdf, type PdfFacts } from './pdf';
import { countTiffPages } from './tiff';

export interface FileStructure {
	/** Undefined when the number can't be told for sure. */
	pages?: number;
	/** What else was found on the way through a PDF. */
	pdf?: PdfFacts;
}

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
	if (type === 'tiff') return { pages: await countTiffPages(chunks) };
	const pdf = await readPdf(chunks);
	return { pages: pdf.pages, pdf };
}
