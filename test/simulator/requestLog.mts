import type { NextFunction, Request, Response } from 'express';

export interface LoggedRequest {
	method: string;
	path: string;
	query: Record<string, unknown>;
	headers: Record<string, string | string[] | undefined>;
	bodyBytes: number;
	/** 0 if the answer was not completed. */
	status: number;
	startedAt: number;
	endedAt: number;
	/** Only of an upload whose form could be read. */
	upload?: LoggedUpload;
}

export interface LoggedUpload {
	/** All but the file. */
	fields: Record<string, string>;
	file?: { fieldName: string; fileName: string; mimeType: string; size: number; sha256: string };
	/** Only of an upload that was accepted. */
	fileId?: string;
}

const MAX_REQUESTS = 20_000;

/** Logs the latest requests for tests. */
export class RequestLog {
	entries: LoggedRequest[] = [];

	/** The highest number of requests that were open at the same time, by kind. */
	readonly maxInFlight = { uploads: 0, results: 0, tokens: 0 };

	private readonly inFlight = { uploads: 0, results: 0, tokens: 0 };

	record = (request: Request, response: Response, next: NextFunction): void => {
		const startedAt = Date.now();
		// Kept now, because nested routers see only the rest of it.
		const { path } = request;
		const kind = readKind(path);
		if (kind) {
			this.inFlight[kind]++;
			this.maxInFlight[kind] = Math.max(this.maxInFlight[kind], this.inFlight[kind]);
		}
		const countBody = countBytes(request);
		response.on('close', () => {
			if (kind) this.inFlight[kind]--;
			this.entries.push({
				method: request.method,
				path,
				query: { ...request.query },
				headers: { ...request.headers },
				bodyBytes: countBody(),
				status: response.writableEnded ? response.statusCode : 0,
				startedAt,
				endedAt: Date.now(),
				upload: response.locals.upload as LoggedUpload | undefined,
			});
			if (this.entries.length > MAX_REQUESTS) this.entries.shift();
		});
		next();
	};

	/** How many uploads and requests for results and tokens are open now. */
	openNow(): number {
		const { uploads, results, tokens } = this.inFlight;
		return uploads + results + tokens;
	}

	/** How many of the logged uploads were accepted. */
	countTaken(): number {
		return this.entries.filter(({ upload }) => upload?.fileId !== undefined).length;
	}

	countStatus(status: number): number {
		return this.entries.filter((entry) => entry.status === status).length;
	}

	/** The requests of a method whose paths begin with a text. */
	find(method: string, path: string): LoggedRequest[] {
		return this.entries.filter((entry) => entry.method === method && entry.path.startsWith(path));
	}

	clear(): void {
		this.entries = [];
		Object.assign(this.maxInFlight, { uploads: 0, results: 0, tokens: 0 });
	}
}

function readKind(path: string): 'uploads' | 'results' | 'tokens' | undefined {
	if (path.startsWith('/result/final/')) return 'results';
	if (path.startsWith('/fileupload')) return 'uploads';
	return path.startsWith('/oauth') ? 'tokens' : undefined;
}

/** Notes for the log what an upload sent, whether it is accepted or not. */
export function noteUpload(
	response: Response,
	fields: Record<string, string>,
	received: LoggedUpload['file'],
): void {
	response.locals.upload = { fields, file: received && pick(received) } satisfies LoggedUpload;
}

/** Notes for the log that an upload was accepted. */
export function noteTaken(response: Response, fileId: string): void {
	(response.locals.upload as LoggedUpload).fileId = fileId;
}

function pick({ fieldName, fileName, mimeType, size, sha256 }: NonNullable<LoggedUpload['file']>) {
	return { fieldName, fileName, mimeType, size, sha256 };
}

/** Counts the bytes; a `data` listener would start the stream before anyone reads it. */
function countBytes(request: Request): () => number {
	let bytes = 0;
	const push = request.push.bind(request);
	request.push = (chunk: Buffer | null, ...rest) => {
		bytes += chunk?.length ?? 0;
		return push(chunk, ...rest);
	};
	return () => bytes;
}
