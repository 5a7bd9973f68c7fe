import { STATUS_CODES } from 'node:http';

/** Something that the service refuses, as its answer. */
export class Refusal extends Error {
	readonly status: number;

	constructor(status: number, message: string) {
		super(message);
		this.status = status;
	}
}

/**
 * The body of an error. That `code` is a text and that `message` goes with it is seen in public code,
 * but only this one code; the others are guessed.
 */
export function toErrorBody(status: number, message: string): { code: string; message: string } {
	const code = STATUS_CODES[status]?.replaceAll(/\W/g, '') ?? 'Error';
	return { code: status === 401 ? 'InvalidCredentials' : code, message };
}
