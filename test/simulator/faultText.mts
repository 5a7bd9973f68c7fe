import type { Fault } from './faults.mts';

/** How a fault is written on the command line, with its detail after a colon. */
const FAULTS: Record<string, (detail: string) => Fault> = {
	reset: () => ({ kind: 'reset' }),
	'reset-mid-body': () => ({ kind: 'reset', at: 'midBody' }),
	'reset-after-body': () => ({ kind: 'reset', at: 'afterBody', taken: false }),
	'reset-after-taking': () => ({ kind: 'reset', at: 'afterBody', taken: true }),
	'reset-mid-answer': () => ({ kind: 'reset', at: 'midAnswer' }),
	silence: () => ({ kind: 'silence' }),
	delay: (ms) => ({ kind: 'delay', ms: readNumber(ms) }),
	redirect: (location) => ({ kind: 'status', status: 302, headers: { Location: location } }),
	html: () => ({
		kind: 'status',
		status: 200,
		headers: { 'Content-Type': 'text/html' },
		body: '<!doctype html><title>Welcome</title>',
	}),
	empty: () => ({ kind: 'status', status: 200, body: '' }),
	truncated: () => ({ kind: 'truncated' }),
	huge: (bytes) => ({
		kind: 'status',
		status: 200,
		body: JSON.stringify({ filler: 'x'.repeat(readNumber(bytes)) }),
	}),
};

/** Names for the help text, with the detail after the colon. */
export const FAULT_NAMES = Object.keys(FAULTS).map(
	(name) =>
		({ delay: 'delay:<ms>', redirect: 'redirect:<url>', huge: 'huge:<bytes>' })[name] ?? name,
);

/** @example parseFault('POST /fileupload 503 x2'), parseFault('GET /result/final delay:2000 x3') */
export function parseFault(text: string): {
	method: string;
	path: string;
	fault: Fault;
	times: number;
} {
	const match = /^([A-Z]+) (\/\S*) (\S+?)(?::(\S+))?(?: x(\d+))?$/.exec(text.trim());
	const [, method, path, what, detail = '', times = '1'] = match ?? [];
	const fault = /^\d{3}$/.test(what)
		? ({ kind: 'status', status: Number(what) } as const)
		: Object.hasOwn(FAULTS, what) && FAULTS[what](detail);
	if (!fault) throw new Error(`Not a fault: "${text}". Write it like "POST /fileupload 503 x2"`);
	return { method, path, fault, times: Number(times) };
}

function readNumber(text: string): number {
	if (!/^\d+$/.test(text)) throw new Error(`This fault needs a number, as in "delay:2000"`);
	return Number(text);
}
