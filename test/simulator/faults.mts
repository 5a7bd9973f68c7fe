import type { NextFunction, Request, Response } from 'express';

/** Something that goes wrong. */
export type Fault =
	| { kind: 'status'; status: number; headers?: Record<string, string>; body?: string }
	/** The connection is cut before the request is read. */
	| { kind: 'reset' }
	/** No answer ever comes. */
	| { kind: 'silence' };

interface PlannedFault {
	method: string;
	path: string;
	times: number;
	fault: Fault;
}

/** Faults that were asked for, in the order in which they come. */
export class Faults {
	private planned: PlannedFault[] = [];

	/** Lets the next so many requests of a method, to paths that begin so, go wrong. */
	plan(method: string, path: string, fault: Fault, times = 1): void {
		this.planned.push({ method, path, fault, times });
	}

	clear(): void {
		this.planned = [];
	}

	apply = (request: Request, response: Response, next: NextFunction): void => {
		const planned = this.planned.find(
			({ method, path, times }) =>
				times > 0 && request.method === method && request.path.startsWith(path),
		);
		if (!planned) {
			next();
			return;
		}
		planned.times--;
		play(planned.fault, request, response);
	};
}

/** @example parseFault('POST /fileupload 503 x2') */
export function parseFault(text: string): {
	method: string;
	path: string;
	fault: Fault;
	times: number;
} {
	const match = /^([A-Z]+) (\/\S*) (\d{3}|reset|silence)(?: x(\d+))?$/.exec(text.trim());
	if (!match) throw new Error(`Not a fault: "${text}". Write it like "POST /fileupload 503 x2"`);
	const [, method, path, what, times = '1'] = match;
	const fault: Fault =
		what === 'reset' || what === 'silence'
			? { kind: what }
			: { kind: 'status', status: Number(what) };
	return { method, path, fault, times: Number(times) };
}

function play(fault: Fault, request: Request, response: Response): void {
	switch (fault.kind) {
		case 'status':
			request.resume();
			response
				.status(fault.status)
				.set({ 'Content-Type': 'application/json', ...fault.headers })
				.send(fault.body ?? JSON.stringify({ message: 'A planned fault' }));
			break;
		case 'reset':
			request.socket.resetAndDestroy();
			break;
		case 'silence':
			request.resume();
			break;
	}
}
