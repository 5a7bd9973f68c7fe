import { ANSWER_FAULTS, NETWORK_FAULTS, redirects, STATUS_FAULTS, type Fault } from './faults.mts';
import type { Call } from './server.mts';

/**
 * What happens when a fault does not pass: `once` fails after one attempt, `again` after more than
 * one, and `nothing` is not a failure.
 */
export type Outcome = 'once' | 'again' | 'nothing';

/** Requests of a kind; `once` are uploads with Upload Once. */
export type Column = Call | 'once';

export interface Cell {
	column: Column;
	/** The requests that the fault applies to. */
	call: Call;
	fault: Fault;
	outcome: Outcome;
	/** Both are parts of what the user reads. */
	message: string;
	description: string;
}

const COLUMNS: Column[] = ['token', 'upload', 'once', 'lookUp', 'results', 'listing', 'company'];

/**
 * A fault in each line, and what happens to each of the calls; `-` where the fault cannot happen:
 * with Upload Once the company is looked up first.
 */
const TABLE = `
                                  token   upload  once    lookUp  results listing company
connection refused              | again   again   -       -       again   again   again
unknown host                    | again   again   -       -       again   again   again
closed during the TLS handshake | again   again   -       -       again   again   again
reset during the TLS handshake  | again   again   -       -       again   again   again
cut before the body             | again   once    once    again   again   again   again
cut in the middle of the body   | again   once    once    -       -       -       -
cut after the body              | again   once    nothing again   again   again   again
cut in the middle of the answer | again   once    nothing again   again   again   again
no answer                       | once    once    nothing once    again   once    once
301 to the same host            | once    once    once    once    once    once    once
301 to another host             | once    once    once    once    once    once    once
302 to the same host            | once    once    once    once    once    once    once
302 to another host             | once    once    once    once    once    once    once
307 to the same host            | once    once    once    once    once    once    once
307 to another host             | once    once    once    once    once    once    once
308 to the same host            | once    once    once    once    once    once    once
308 to another host             | once    once    once    once    once    once    once
400                             | once    once    once    once    once    once    once
401                             | once    once    once    once    once    once    once
403                             | once    once    once    once    once    once    once
404                             | once    once    once    nothing once    nothing once
408                             | again   once    once    again   again   again   again
409                             | once    once    once    once    once    once    once
413                             | once    once    once    once    once    once    once
415                             | once    once    once    once    once    once    once
422                             | once    once    once    once    once    once    once
429                             | again   again   again   again   again   again   again
429, Retry-After 7 seconds      | again   again   again   again   again   again   again
429, Retry-After as a date      | again   again   again   again   again   again   again
429, Retry-After a year         | once    once    once    once    once    once    once
429, Retry-After negative       | again   again   again   again   again   again   again
429, Retry-After a text         | again   again   again   again   again   again   again
500                             | again   once    nothing again   again   again   again
502                             | again   once    nothing again   again   again   again
503                             | again   again   again   again   again   again   again
504                             | again   once    nothing again   again   again   again
200 with a web page             | once    once    nothing once    again   once    once
200 with nothing                | once    once    nothing once    again   once    once
200 with JSON that is cut off   | once    once    nothing once    again   once    once
200 with other JSON             | once    once    nothing once    again   once    once
200 with 50 MB of other JSON    | once    once    nothing once    again   once    once
204                             | once    once    nothing nothing again   nothing once
`;

/** How the message begins, whatever the fault. */
const SUMMARIES: Record<Call, string> = {
	token: '',
	upload: 'Could not upload the document',
	lookUp: 'Could not list the documents with the tag "n8n-once-',
	results: 'Could not get the results',
	listing: 'Could not list the documents with the tag "incoming"',
	company: 'Could not look up the company of the Client ID',
};

/** A text for each kind of fault. Where a call is not named, `others` applies. */
type Texts = Array<[RegExp, Partial<Record<Call | 'others', string>>]>;

const MAYBE_ACCEPTED = 'Sypht may still have received the document. Look for "b.bin"';
const NOT_FINISHED = 'so do not upload it again';

/** What else the message says about a fault. */
const REASONS: Texts = [
	[/^connection refused/, { token: 'could not be reached', others: 'the connection was refused' }],
	[/^unknown host/, { token: 'could not be reached', others: 'the host name is unknown' }],
	[/^(cut|closed|reset)/, { token: 'could not be reached', others: 'the connection was closed' }],
	[
		/^no answer/,
		{
			token: 'could not be reached',
			results: 'The document was not finished after',
			others: 'the request timed out',
		},
	],
	[
		/^3\d\d/,
		{ token: 'returned HTTP {status}, a redirect to another URL', others: '(HTTP {status})' },
	],
	[/^401/, { token: 'was not accepted (HTTP 401', others: '(HTTP 401)' }],
	[/^4(00|03|04|09|13|15|22)/, { token: 'returned HTTP {status}', others: '(HTTP {status})' }],
	[/^(408|429|50\d)/, { others: '(HTTP {status})' }],
	[/^200/, { token: 'returned HTTP 200', others: 'unexpected response' }],
	[
		/^204/,
		{
			token: 'returned HTTP 204',
			results: 'The document was not finished after',
			others: 'unexpected response',
		},
	],
];

/** The description below the message. */
const DESCRIPTIONS: Texts = [
	[/^(connection refused|unknown host|closed|reset)/, { others: 'Nothing was sent.' }],
	[
		/^no answer/,
		{
			token: 'Nothing was sent.',
			upload: MAYBE_ACCEPTED,
			results: NOT_FINISHED,
			others: 'Check the network',
		},
	],
	[/^cut/, { token: 'Nothing was sent.', upload: MAYBE_ACCEPTED, others: 'Check the network' }],
	[/^3\d\d/, { token: 'Nothing was sent.', others: 'Redirects are not followed' }],
	[/^401/, { token: 'Nothing was sent.', others: 'The access token is new' }],
	[/^429, Retry-After a year/, { token: 'Nothing was sent.', others: 'asks to wait 31536000 s' }],
	[/^(408|500|502|504|200)/, { token: 'Nothing was sent.', upload: MAYBE_ACCEPTED }],
	[/^204/, { token: 'Nothing was sent.', upload: MAYBE_ACCEPTED, results: NOT_FINISHED }],
	[/^\d/, { token: 'Nothing was sent.' }],
];

/** Every fault with every call, and the expected outcome. */
export function listCells(otherHost: () => string): Cell[] {
	const faults = [...NETWORK_FAULTS, ...redirects(otherHost), ...STATUS_FAULTS, ...ANSWER_FAULTS];
	const [, ...rows] = TABLE.trim().split('\n');
	if (rows.length !== faults.length) throw new Error('Each fault needs one row in the table');
	return rows.flatMap((row) => {
		const [name, outcomes] = row.split('|');
		const fault = faults.find((known) => known.name === name.trim());
		if (!fault) throw new Error(`There is no fault "${name.trim()}"`);
		return outcomes
			.trim()
			.split(/\s+/)
			.map((outcome, index) => ({ column: COLUMNS[index], outcome }))
			.filter(({ outcome }) => outcome !== '-')
			.map(({ column, outcome }) => ({ column, outcome, call: toCall(column) }))
			.map(({ column, call, outcome }) => ({
				column,
				call,
				fault,
				outcome: outcome as Outcome,
				message: findText(REASONS, call, fault.name),
				description: findText(DESCRIPTIONS, call, fault.name),
			}));
	});
}

/** What must be in the message; in that of a wait that ends there is no summary. */
export function summaryOf({ call, message }: Cell): string {
	return message.startsWith('The document') ? '' : SUMMARIES[call];
}

function toCall(column: Column): Call {
	return column === 'once' ? 'upload' : column;
}

function findText(texts: Texts, call: Call, name: string): string {
	const [, text] = texts.find(([pattern]) => pattern.test(name)) ?? [];
	return (text?.[call] ?? text?.others ?? '').replace('{status}', name.slice(0, 3));
}
