/** Sets an entry of a map that keeps only its latest entries. */
export function setRecent<K, V>(map: Map<K, V>, key: K, value: V, maxEntries: number): void {
	map.delete(key);
	map.set(key, value);
	for (const oldest of map.keys()) {
		if (map.size <= maxEntries) return;
		map.delete(oldest);
	}
}
