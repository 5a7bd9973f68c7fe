import {
	createServer,
	request as forward,
	type IncomingMessage,
	type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createJudge, type UploadRule } from './uploadRules.mts';

export interface Gateway {
	url: string;
	takeCounts(): { refusals: number; maxUploadsInFlight: number };
	close(): void;
}

/** A gateway in front of the simulator, which refuses uploads or slows them down. */
export async function startGateway(
	target: string,
	rule: UploadRule,
	latencyMs: number,
): Promise<Gateway> {
	const judge = createJudge(rule, latencyMs);
	let inFlight = 0;
	let counts = { refusals: 0, maxUploadsInFlight: 0 };

	const server = createServer((request, response) => {
		if (!request.url?.startsWith('/fileupload')) return pass(target, request, response);
		const verdict = judge(inFlight + 1);
		if (verdict.kind === 'refused') {
			counts.refusals++;
			request.resume();
			const { retryAfter } = verdict;
			response.writeHead(429, retryAfter === undefined ? {} : { 'Retry-After': retryAfter }).end();
			return;
		}
		inFlight++;
		counts.maxUploadsInFlight = Math.max(counts.maxUploadsInFlight, inFlight);
		response.once('close', () => inFlight--);
		void sleep(verdict.delayMs).then(() => pass(target, request, response));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		takeCounts() {
			const taken = counts;
			counts = { refusals: 0, maxUploadsInFlight: 0 };
			return taken;
		},
		close() {
			server.closeAllConnections();
			server.close();
		},
	};
}

function pass(target: string, request: IncomingMessage, response: ServerResponse): void {
	const { method, url, headers } = request;
	const passed = forward(`${target}${url}`, { method, headers }, (answer) => {
		response.writeHead(answer.statusCode ?? 502, answer.headers);
		answer.pipe(response);
	});
	passed.on('error', () => response.destroy());
	response.on('close', () => passed.destroy());
	request.pipe(passed);
}
