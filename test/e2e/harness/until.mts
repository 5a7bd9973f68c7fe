import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_EVERY_MS = 100;

/**
 * Looks again and again until there is something, and returns it.
 *
 * @param what is wrong if it takes too long, such as "The tag is not polled"
 * @throws AssertionError after `maxMs`
 */
export async function until<T>(
	look: () => T | Promise<T>,
	what: string,
	maxMs = 60_000,
): Promise<Exclude<T, undefined | false>> {
	const deadline = Date.now() + maxMs;
	for (;;) {
		const found = await look();
		if (found !== undefined && found !== false) return found as Exclude<T, undefined | false>;
		if (Date.now() > deadline) assert.fail(`${what}, after ${maxMs / 1000} seconds`);
		await sleep(LOOK_EVERY_MS);
	}
}
