/**
 * Collects what pages hold, from page 0 to an empty one.
 *
 * @param max how many entries are wanted; Infinity for all
 */
export async function collectPages<T>(
	getPage: (page: number) => Promise<T[]>,
	max: number,
): Promise<T[]> {
	const entries: T[] = [];
	let lastPage = '';
	for (let page = 0; entries.length < max; page++) {
		const found = await getPage(page);
		const text = JSON.stringify(found);
		// A service that has no pages gives the same one for ever.
		if (found.length === 0 || text === lastPage) break;
		lastPage = text;
		entries.push(...found);
	}
	return entries.slice(0, max);
}
