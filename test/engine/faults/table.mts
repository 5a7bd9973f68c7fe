import { ANSWER_FAULTS, NETWORK_FAULTS, redirects, STATUS_FAULTS, type Fault } from './faults.mts';
import type { Call } from './server.mts';

/** What must come of a fault that does not pass. */
export interface Outcome {
	/** How many requests the server sees in all. */
	requests: number;
	/** Whether the request is sent again, and goes through when the fault has passed. */
	isRepeated: boolean;
	/** Both are parts of what the user reads; no message when nothing fails. */
	message?: string;
	description?: string;
}

export interface Cell {
	call: Call;
	fault: Fault;
	outcome: Outcome;
}

export const CALLS: Call[] = ['token', 'upload', 'results', 'listing', 'company'];

/** Completes "Sypht did not …". */
const TASKS: Record<Call, string> = {
	token: '',
	upload: 'take the document',
	results: 'give the results',
	listing: 'list the documents with the tag "incoming"',
	company: 'tell the company of the Client ID',
};

/**
 * How often a request is sent that is sent again as long as there is time: 15 s for a token, 120 s
 * for an upload, a timeout of 60 s for results, and in a poll of the trigger 36 s.
 */
const REPEATED: Record<Call, number> = {
	token: 6,
	upload: 13,
	results: 9,
	listing: 7,
	company: 7,
};
/** A service that can't be reached is tried for 15 s only. */
const CONNECTIONS_OF_UPLOAD = 6;

const MAY_BE_TAKEN = 'Sypht may still have received the document all the same: look for "b.bin"';
const NOT_AS_EXPECTED = 'unexpected response';

/** Every fault with every call, and what must come of it. */
export function listCells(otherHost: () => string): Cell[] {
	const faults: Array<[Fault[], (call: Call, fault: Fault) => Outcome]> = [
		[NETWORK_FAULTS, expectOfNetwork],
		[redirects(otherHost), expectOfRedirect],
		[STATUS_FAULTS, expectOfStatus],
		[ANSWER_FAULTS, expectOfAnswer],
	];
	return faults.flatMap(([group, expectOf]) =>
		group.flatMap((fault) =>
			CALLS.filter((call) => !fault.needsBody || call === 'token' || call === 'upload').map(
				(call) => ({ call, fault, outcome: expectOf(call, fault) }),
			),
		),
	);
}

function expectOfNetwork(call: Call, { name, address }: Fault): Outcome {
	if (call === 'token') {
		return {
			// A silent token service is given 30 s, which leaves no time for a second try.
			...(name === 'no answer' ? once() : repeated(call)),
			message: 'The token service at',
			description: 'Nothing was sent.',
		};
	}
	const reasons: Record<string, string> = {
		'connection refused': 'the connection was refused',
		'unknown host': 'the host name is unknown',
		'no answer': 'the request timed out',
	};
	const message = `Sypht did not ${TASKS[call]}: ${reasons[name] ?? 'the connection was closed'}`;
	if (address) {
		const requests = call === 'upload' ? CONNECTIONS_OF_UPLOAD : REPEATED[call];
		return { requests, isRepeated: true, message, description: 'Nothing was sent.' };
	}
	if (call === 'upload') return { ...once(), message, description: MAY_BE_TAKEN };
	const description = 'Check the network, and try again later.';
	if (name !== 'no answer') return { ...repeated(call), message, description };
	// Waiting for the answer uses up the time: all of a poll's, and most of a timeout of 60 s.
	if (call !== 'results') return { ...once(), message, description };
	const notFinished = 'The document was not finished after';
	return { requests: 2, isRepeated: true, message: notFinished, description: 'do not upload it' };
}

function expectOfRedirect(call: Call, fault: Fault): Outcome {
	const status = fault.name.slice(0, 3);
	return call === 'token'
		? { ...once(), message: `it sent HTTP ${status}, a redirect to another address` }
		: {
				...once(),
				message: `Sypht did not ${TASKS[call]} (HTTP ${status})`,
				description: 'redirects to another one, which is not followed',
			};
}

function expectOfStatus(call: Call, { name }: Fault): Outcome {
	const [status, retryAfter] = name.split(', Retry-After ');
	const wait = retryAfter === undefined ? repeated(call) : expectOfRetryAfter(call, retryAfter);
	if (call === 'token') {
		if (['400', '401', '403'].includes(status)) {
			return { ...once(), message: `Client ID or Client Secret was not accepted (HTTP ${status}` };
		}
		return ['408', '429', '500', '502', '503', '504'].includes(status)
			? { ...wait, message: `The token service is not available at the moment (HTTP ${status})` }
			: { ...once(), message: `did not answer as a token service: it sent HTTP ${status}` };
	}
	const message = `Sypht did not ${TASKS[call]} (HTTP ${status})`;
	if (retryAfter === 'a year') return { ...wait, message, description: 'asks to wait 31536000 s' };
	if (call === 'upload' && ['500', '502', '504'].includes(status)) {
		return { ...once(), message, description: MAY_BE_TAKEN };
	}
	const repeats = call === 'upload' ? ['429', '503'] : ['429', '502', '503', '504'];
	if (repeats.includes(status)) return { ...wait, message };
	// n8n replaces the token once and sends the same request again.
	if (status === '401') return { ...once(), requests: 2, message, description: 'The access token' };
	// Before the first document has the tag there may be none: the trigger asks again at its next poll.
	if (call === 'listing' && status === '404') return { ...once(), message: undefined };
	return { ...once(), message };
}

/** A wait of 7 seconds each time fits in less often than growing ones do. */
function expectOfRetryAfter(call: Call, retryAfter: string): Outcome {
	if (retryAfter === 'a year') return once();
	if (retryAfter !== '7 seconds' && retryAfter !== 'as a date') return repeated(call);
	const requests = { token: 3, upload: 11, results: 7, listing: 6, company: 6 }[call];
	return { requests, isRepeated: true, message: '' };
}

function expectOfAnswer(call: Call, { name }: Fault): Outcome {
	switch (call) {
		case 'token':
			return {
				...once(),
				message: `did not answer as a token service: it sent HTTP ${name.slice(0, 3)}`,
			};
		case 'upload':
			return { ...once(), message: NOT_AS_EXPECTED, description: MAY_BE_TAKEN };
		case 'results':
			// A document that is not ready may come without content.
			return name === '204'
				? { requests: 11, isRepeated: true, message: 'The document was not finished after 60 s' }
				: { requests: 3, isRepeated: true, message: NOT_AS_EXPECTED };
		default:
			// So an empty list may come.
			if (call === 'listing' && name === '204') return { ...once(), message: undefined };
			return { ...once(), message: NOT_AS_EXPECTED };
	}
}

function once(): Outcome {
	return { requests: 1, isRepeated: false, message: '' };
}

function repeated(call: Call): Outcome {
	return { requests: REPEATED[call], isRepeated: true, message: '' };
}
