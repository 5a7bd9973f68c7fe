/**
 * Does something, then prints one line with its name and how long it took.
 *
 * @template T
 * @param {string} title
 * @param {() => Promise<T>} action
 */
export async function step(title, action) {
	const startedAt = performance.now();
	const result = await action();
	const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
	console.log(`  ${title.padEnd(40)}${seconds.padStart(6)} s`);
	return result;
}
