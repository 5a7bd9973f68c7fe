import type { NextFunction, Request, Response } from 'express';
import { toErrorBody } from './refusal.mts';

/** Something that goes wrong, in place of the service's own answer. */
export type Fault =
	/** An answer other than the service's own. */
	| { kind: 'status'; status: number; headers?: Record<string, string>; body?: string }
	/** The connection is cut, by default at `start`, before the request is read. */
	| { kind: 'reset'; at?: 'start' | 'midBody' | 'midAnswer' }
	/** The connection is cut after the request was read; `taken` says whether it was served. */
	| { kind: 'reset'; at: 'afterBody'; taken: boolean }
	/** There is never an answer, although the request may have been served. */
	| { kind: 'silence'; taken?: boolean }
	/** The service's own answer, later. */
	| { kind: 'delay'; ms: number }
	/** Looked at only once the promise is resolved. */
	| { kind: 'held'; until: Promise<void> }
	/** The first half of the service's own answer, as if it were the whole. */
	| { kind: 'truncated' };

interface PlannedFault {
	method: string;
	path: string | RegExp;
	times: number;
	fault: Fault;
}

/** The planned faults, in their order. */
export class Faults {
	private planned: PlannedFault[] = [];

	/** Makes the next requests of a method fail whose paths begin with a text, or match a pattern. */
	plan(method: string, path: string | RegExp, fault: Fault, times = 1): void {
		this.planned.push({ method, path, fault, times });
	}

	clear(): void {
		this.planned = [];
	}

	apply = (request: Request, response: Response, next: NextFunction): void => {
		const planned = this.planned.find(
			({ method, path, times }) =>
				times > 0 && request.method === method && matches(request.path, path),
		);
		if (!planned) {
			next();
			return;
		}
		planned.times--;
		play(planned.fault, request, response, next);
	};
}

function matches(requested: string, path: string | RegExp): boolean {
	return typeof path === 'string' ? requested.startsWith(path) : path.test(requested);
}

function play(fault: Fault, request: Request, response: Response, next: NextFunction): void {
	const cut = () => void request.socket.resetAndDestroy();
	switch (fault.kind) {
		case 'status':
			request.resume();
			response
				.status(fault.status)
				.set({ 'Content-Type': 'application/json', ...fault.headers })
				.send(fault.body ?? JSON.stringify(toErrorBody(fault.status, 'A planned fault')));
			break;
		case 'reset':
			if (fault.at === 'midBody') afterHalf(request, cut);
			else if (fault.at === 'midAnswer') replaceAnswer(response, sendHalf, next);
			else if (fault.at !== 'afterBody') cut();
			else if (fault.taken) replaceAnswer(response, cut, next);
			else request.on('end', cut).resume();
			break;
		case 'silence':
			if (fault.taken) replaceAnswer(response, () => undefined, next);
			else request.resume();
			break;
		case 'delay':
			setTimeout(next, fault.ms).unref();
			break;
		case 'held':
			void fault.until.then(() => next());
			break;
		case 'truncated':
			replaceAnswer(response, (body, send) => send(half(body)), next);
			break;
	}

	/** Announces the whole answer and sends half of it. */
	function sendHalf(body: Buffer): void {
		response.setHeader('Content-Length', body.length);
		response.write(half(body), () => request.socket.destroy());
	}
}

/** Lets the service do its work, but does something else with its answer. */
function replaceAnswer(
	response: Response,
	replace: (body: Buffer, send: Response['send']) => void,
	next: NextFunction,
): void {
	const send = response.send.bind(response);
	response.send = (body: string | Buffer) => {
		replace(Buffer.from(body as Buffer), send);
		return response;
	};
	next();
}

function half(body: Buffer): Buffer {
	return body.subarray(0, Math.floor(body.length / 2));
}

function afterHalf(request: Request, act: () => void): void {
	const threshold = Number(request.headers['content-length'] ?? 0) / 2;
	let bytes = 0;
	request.on('data', (chunk: Buffer) => {
		bytes += chunk.length;
		if (bytes >= threshold) act();
	});
}
