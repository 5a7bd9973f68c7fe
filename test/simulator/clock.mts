import type { NextFunction, Request, Response } from 'express';

/** The service's own time, which its answers have in the header `Date`. */
export class Clock {
	/** How far it is ahead of this machine's. */
	offsetMs = 0;

	now(): number {
		return Date.now() + this.offsetMs;
	}

	tell = (_request: Request, response: Response, next: NextFunction): void => {
		response.setHeader('Date', new Date(this.now()).toUTCString());
		next();
	};
}
