/**
 * Preloaded into n8n, with a port in `INSIDE_N8N_PORT`. Each request to it is answered with what it
 * has seen since the one before. `GET /1000` keeps n8n busy for that many ms of CPU time first,
 * `GET /?later=1000` puts its clock forward by that many ms.
 */
import { createServer } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { isMainThread } from 'node:worker_threads';

export interface InsideN8n {
	/**
	 * The most CPU time that the main thread used between two turns of its event loop, in ms. Unlike
	 * the time that passed it does not grow when the machine is busy with something else.
	 */
	longestTurnMs: number;
	/** After garbage collection, in bytes. */
	heapUsed: number;
	rss: number;
}

const TURN_MS = 5;

// n8n also starts task runners, which inherit its environment.
const isN8n = isMainThread && /[\\/]n8n[\\/]bin[\\/]n8n$/.test(process.argv[1] ?? '');
if (isN8n && process.env.INSIDE_N8N_PORT) listen(Number(process.env.INSIDE_N8N_PORT));

function listen(port: number): void {
	setFlagsFromString('--expose-gc');
	const collectGarbage = runInNewContext('gc') as () => void;
	let longestTurnMs = 0;
	let last = process.threadCpuUsage();
	const noteTurn = () => {
		const used = process.threadCpuUsage(last);
		longestTurnMs = Math.max(longestTurnMs, (used.user + used.system) / 1000);
		last = process.threadCpuUsage();
	};
	setInterval(noteTurn, TURN_MS).unref();
	createServer((request, response) => {
		const { pathname, searchParams } = new URL(request.url ?? '/', 'http://n8n');
		putClockForward(Number(searchParams.get('later')));
		useCpu(Number(pathname.slice(1)));
		noteTurn();
		const longest = longestTurnMs;
		collectGarbage();
		const { heapUsed, rss } = process.memoryUsage();
		last = process.threadCpuUsage();
		longestTurnMs = 0;
		response.end(JSON.stringify({ longestTurnMs: longest, heapUsed, rss } satisfies InsideN8n));
	})
		.listen(port, '127.0.0.1')
		.unref();
}

function putClockForward(ms: number): void {
	const { now } = Date;
	if (ms > 0) Date.now = () => now() + ms;
}

function useCpu(ms: number): void {
	const start = process.threadCpuUsage();
	while (process.threadCpuUsage(start).user < ms * 1000);
}
