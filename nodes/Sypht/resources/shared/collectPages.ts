import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';

export interface Page<T, Position> {
	entries: T[];
	/** Where the next page is; undefined on the last one. */
	next?: Position;
}

/** More than any account has; a service whose pages never end must not keep a node running. */
const MAX_PAGES = 10_000;

/**
 * Collects the entries of all pages.
 *
 * @param getPage returns a page with at most `wanted` entries, if the service can limit them
 * @param max how many entries are wanted; Infinity for all
 * @throws NodeOperationError when the pages do not end
 */
export async function collectPages<T, Position>(
	context: IExecuteFunctions,
	first: Position,
	getPage: (position: Position, wanted: number) => Promise<Page<T, Position>>,
	max: number,
): Promise<T[]> {
	const collected: T[] = [];
	const visited = new Set<Position>();
	const texts = new Set<string>();
	let position: Position | undefined = first;
	while (position !== undefined && !visited.has(position) && collected.length < max) {
		if (visited.size === MAX_PAGES) {
			const message = `Sypht returned more than ${MAX_PAGES} pages`;
			const description = 'Turn off Return All, or use filters.';
			throw new NodeOperationError(context.getNode(), message, { description });
		}
		visited.add(position);
		const { entries, next }: Page<T, Position> = await getPage(position, max - collected.length);
		const text = JSON.stringify(entries);
		// A service without pages returns the same one each time.
		if (entries.length > 0 && texts.has(text)) break;
		texts.add(text);
		for (const entry of entries) collected.push(entry);
		position = next;
	}
	return collected.slice(0, max);
}
