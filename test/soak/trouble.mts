import type { Fault } from '../simulator/faults.mts';
import type { Simulator } from '../simulator/index.mts';
import type { TagListing } from '../simulator/tags.mts';
import { pick } from './random.mts';

const REQUESTS: Array<[method: string, path: string]> = [
	['POST', '/oauth2/token'],
	['POST', '/fileupload'],
	['GET', '/result/final'],
	['GET', '/app/company'],
	['DELETE', '/app/company'],
];

const FAULTS: Fault[] = [
	...[404, 408, 429, 500, 502, 503].map((status) => ({ kind: 'status', status }) as const),
	{ kind: 'status', status: 429, headers: { 'Retry-After': '2' } },
	{ kind: 'status', status: 302, headers: { Location: 'http://127.0.0.1:9/' } },
	{ kind: 'status', status: 200, body: '<!doctype html><title>Welcome</title>' },
	{ kind: 'status', status: 200, body: '' },
	{ kind: 'reset' },
	{ kind: 'reset', at: 'midBody' },
	{ kind: 'reset', at: 'midAnswer' },
	{ kind: 'reset', at: 'afterBody', taken: true },
	{ kind: 'reset', at: 'afterBody', taken: false },
	{ kind: 'silence' },
	{ kind: 'silence', taken: true },
	{ kind: 'delay', ms: 5_000 },
	{ kind: 'truncated' },
];

const LIES: TagListing[] = [
	() => [],
	() => null,
	() => ({ docs: null }),
	(fileIds) => fileIds.slice(0, fileIds.length / 2),
	(fileIds) => [{ name: 'no id' }, ...fileIds, ...fileIds],
];

/** Makes the service misbehave in every known way, for a second at a time. */
export function startTrouble(simulator: Simulator, random: () => number): { stop(): void } {
	const { faults, tags, tokens } = simulator;
	const { listing } = tags;
	let outageSeconds = 0;
	const calm = () => {
		faults.clear();
		tags.listing = listing;
	};
	const tick = () => {
		if (outageSeconds-- > 0) return;
		calm();
		if (random() < 0.02) {
			outageSeconds = Math.floor(random() * 20);
			const outage = pick(random, [{ kind: 'status', status: 503 }, { kind: 'reset' }] as const);
			for (const [method, path] of REQUESTS) faults.plan(method, path, outage, Infinity);
			return;
		}
		if (random() < 0.03) tokens.revoke();
		if (random() < 0.1) tags.listing = pick(random, LIES);
		while (random() < 0.6) faults.plan(...pick(random, REQUESTS), pick(random, FAULTS));
	};
	const timer = setInterval(tick, 1_000);
	return {
		stop() {
			clearInterval(timer);
			calm();
		},
	};
}
