import type { IBinaryData } from 'n8n-workflow';
import type { OutputMode } from '../../results';
import type { OutputItem } from '../shared/runItems';
import type { DocumentUpload } from './planUploads';

/** The field for a file that came from no field of the item. */
const DEFAULT_FIELD_NAME = 'data';

/**
 * Adds the input file to the items of a document, as a reference. By default not to line items, of which
 * there are many.
 */
export function keepFile(
	items: OutputItem[],
	{ keepFile: isKept, output }: { keepFile?: boolean; output: OutputMode },
	{ inputDataFieldName = DEFAULT_FIELD_NAME }: DocumentUpload,
	binary: IBinaryData | undefined,
): OutputItem[] {
	if (!binary || !(isKept ?? output !== 'lineItems')) return items;
	return items.map((item) => ({ ...item, binary: { [inputDataFieldName]: binary } }));
}
