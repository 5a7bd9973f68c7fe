/** Far more than are in use at once; those of the past must not pile up in a process. */
export const MAX_RECENT = 1_000;

/** Sets an entry of a map that keeps only its latest entries. */
export function setRecent<K, V>(map: Map<K, V>, key: K, value: V, maxEntries = MAX_RECENT): void {
	map.delete(key);
	map.set(key, value);
	for (const oldest of map.keys()) {
		if (map.size <= maxEntries) return;
		map.delete(oldest);
	}
}
