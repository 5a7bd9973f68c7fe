import type { NextFunction, Request, Response } from 'express';

export interface LoggedRequest {
	method: string;
	path: string;
	query: Record<string, unknown>;
	headers: Record<string, string | string[] | undefined>;
	status: number;
	startedAt: number;
	endedAt: number;
}

const MAX_REQUESTS = 20_000;

/** Remembers requests for tests, the latest of them. */
export class RequestLog {
	entries: LoggedRequest[] = [];

	/** The most requests that were open at the same time, by kind. */
	readonly maxInFlight = { uploads: 0, results: 0 };

	private readonly inFlight = { uploads: 0, results: 0 };

	record = (request: Request, response: Response, next: NextFunction): void => {
		const startedAt = Date.now();
		const kind = request.path.startsWith('/result/final/')
			? 'results'
			: request.path.startsWith('/fileupload')
				? 'uploads'
				: undefined;
		if (kind) {
			this.inFlight[kind]++;
			this.maxInFlight[kind] = Math.max(this.maxInFlight[kind], this.inFlight[kind]);
		}
		response.on('close', () => {
			if (kind) this.inFlight[kind]--;
			this.entries.push({
				method: request.method,
				path: request.path,
				query: { ...request.query },
				headers: { ...request.headers },
				status: response.writableEnded ? response.statusCode : 0,
				startedAt,
				endedAt: Date.now(),
			});
			if (this.entries.length > MAX_REQUESTS) this.entries.shift();
		});
		next();
	};

	/** How many uploads and requests for results are open at this moment. */
	openNow(): number {
		return this.inFlight.uploads + this.inFlight.results;
	}

	/** The requests of a method to paths that begin so. */
	find(method: string, path: string): LoggedRequest[] {
		return this.entries.filter((entry) => entry.method === method && entry.path.startsWith(path));
	}

	clear(): void {
		this.entries = [];
		Object.assign(this.maxInFlight, { uploads: 0, results: 0 });
	}
}
