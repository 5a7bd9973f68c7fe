import dns from 'node:dns';
import { ClientRequest } from 'node:http';
import { inspect } from 'node:util';
import { LoggerProxy } from 'n8n-workflow';
import type * as cancellation from '../../../nodes/Sypht/transport/cancellation';
import { StoredCredential } from '../support/credentials.mts';
import { drive, isOf, type Driven } from './drive.mts';
import {
	ACCESS_TOKEN,
	startFaultServer,
	startHandshakeServer,
	type FaultServer,
} from './server.mts';
import { listCells, summaryOf, type Cell } from './table.mts';

/** Added to the clock: what pauses and silences would have taken. */
let leaptMs = 0;
let pauses = 0;
let isSilent = false;
let onPause = async (): Promise<void> => {};

jest.mock('../../../nodes/Sypht/transport/cancellation', () => ({
	...jest.requireActual<typeof cancellation>('../../../nodes/Sypht/transport/cancellation'),
	pause: async (ms: number) => {
		leaptMs += ms;
		pauses++;
		await onPause();
	},
}));

const UNKNOWN_HOST = 'sypht.invalid';
const SILENCE_MS = 100;
const CLIENT_ID = 'an-id';
const CLIENT_SECRET = 'the secret/of+all=';

const SECRETS = [CLIENT_SECRET, ACCESS_TOKEN].flatMap((secret) => [
	secret,
	encodeURIComponent(secret),
	Buffer.from(secret).toString('base64'),
	Buffer.from(`${CLIENT_ID}:${secret}`).toString('base64'),
	encodeURIComponent(Buffer.from(`${CLIENT_ID}:${secret}`).toString('base64')),
]);

let sypht: FaultServer;
/** A Sypht that refuses connections until the fault passes. */
let downSypht: FaultServer;
let otherHost: FaultServer;
type HandshakeServer = Awaited<ReturnType<typeof startHandshakeServer>>;
let closingServer: HandshakeServer;
let resettingServer: HandshakeServer;
let accounts = 0;
const logged: unknown[] = [];
let countLogged = 0;

beforeAll(async () => {
	[sypht, downSypht, otherHost] = await Promise.all([1, 2, 3].map(startFaultServer));
	await downSypht.shut();
	closingServer = await startHandshakeServer((socket) => socket.end());
	resettingServer = await startHandshakeServer((socket) => socket.resetAndDestroy());

	const { now } = Date;
	jest.spyOn(Date, 'now').mockImplementation(() => now() + leaptMs);
	const { lookup } = dns;
	jest.spyOn(dns, 'lookup').mockImplementation(((host: string, ...rest: never[]) => {
		// Without a network, a real look-up of an unknown host can take seconds.
		const error = Object.assign(new Error(), { code: 'ENOTFOUND', syscall: 'getaddrinfo' });
		if (host === UNKNOWN_HOST) setImmediate(rest.at(-1) as never, error);
		else (lookup as (...args: unknown[]) => void)(host, ...rest);
	}) as never);
	const { setTimeout: setSocketTimeout } = ClientRequest.prototype;
	jest.spyOn(ClientRequest.prototype, 'setTimeout').mockImplementation(function leap(
		this: ClientRequest,
		ms: number,
		callback?: () => void,
	) {
		return setSocketTimeout.call(this, isSilent ? SILENCE_MS : ms, () => {
			leaptMs += ms;
			callback?.();
		});
	});
	const record = (...args: unknown[]) => {
		logged.push(args);
		countLogged++;
	};
	LoggerProxy.init({
		error: record,
		warn: record,
		info: record,
		debug: record,
	});
});

afterAll(async () => {
	jest.restoreAllMocks();
	await Promise.all([sypht.shut(), otherHost.shut(), closingServer.shut(), resettingServer.shut()]);
	// Otherwise nothing was searched for secrets.
	expect(countLogged).toBeGreaterThan(0);
});

const cells = listCells(() => otherHost.url.replace('127.0.0.1', 'localhost'));

describe.each(cells)('$column: $fault.name', (cell) => {
	const { column, call, fault, outcome } = cell;

	it(`ends ${outcome === 'again' ? 'after several attempts' : 'after one attempt'}`, async () => {
		const { failures } = await run(cell, ['b']);
		const attempts = fault.address
			? pauses + 1
			: sypht.seen.filter((request) => request.call === call).length;
		// n8n replaces a token that the API refuses, and sends the same request once more.
		const isTokenReplaced = fault.name === '401' && call !== 'token';
		if (outcome === 'again') expect(attempts).toBeGreaterThan(1);
		else expect(attempts).toBe(isTokenReplaced ? 2 : 1);
		if (outcome === 'nothing') {
			expect(failures).toEqual([]);
			return;
		}
		expect(failures).toHaveLength(1);
		const [{ message, description }] = failures;
		expect(message).toContain(summaryOf(cell));
		expect(message).toContain(cell.message);
		expect(description).toContain(cell.description);
	});

	if (!fault.address && ['upload', 'results'].includes(column)) {
		it('fails its own item and no other', async () => {
			const { failures, succeeded } = await run(cell, ['a', 'b', 'c']);
			expect(failures).toHaveLength(1);
			expect(succeeded).toEqual(['a', 'c']);
		});
	}

	// At the other addresses there is no working service to come back.
	if (!fault.address || fault.address === 'closed') {
		it(`${outcome === 'once' ? 'fails' : 'succeeds'} when the fault passes after the first attempt`, async () => {
			const { failures } = await run(cell, ['b'], { passes: true });
			expect(failures).toHaveLength(outcome === 'once' ? 1 : 0);
		});
	}
});

/** Makes a call fail, and checks what must hold in every cell. */
async function run(
	{ column, call, fault }: Cell,
	documents: string[],
	{ passes = false } = {},
): Promise<Driven> {
	for (const server of [sypht, downSypht]) {
		server.seen.length = 0;
		server.taken.length = 0;
		server.tagged.clear();
	}
	logged.length = 0;
	pauses = 0;
	sypht.fault = {
		...fault,
		applies: (called, request) => called === call && isOf('b', call, request),
	};
	isSilent = fault.name === 'no answer';
	onPause = async () => {
		if (!passes || pauses > 1) return;
		sypht.fault = undefined;
		isSilent = false;
		if (fault.address === 'closed') await downSypht.open();
	};

	const driven = await drive(column, documents, createCredential({ call, fault }));

	if (passes && pauses > 0 && fault.address === 'closed') await downSypht.shut();
	const taken = [...sypht.taken, ...downSypht.taken];
	expect(new Set(taken).size).toBe(taken.length);
	expect(otherHost.seen).toEqual([]);
	const traces = driven.everything + inspect(logged, { depth: 20, showHidden: true });
	expect(SECRETS.filter((secret) => traces.includes(secret))).toEqual([]);
	return driven;
}

/** A new account each time: tokens and companies are kept for the whole process. */
function createCredential({ call, fault: { address } }: Pick<Cell, 'call' | 'fault'>) {
	accounts++;
	const urls = {
		closed: downSypht.url,
		unknown: `https://${UNKNOWN_HOST}`,
		closesHandshake: closingServer.url,
		resetsHandshake: resettingServer.url,
	};
	const faultyUrl = address ? urls[address] : sypht.url;
	return new StoredCredential({
		environment: 'custom',
		apiBaseUrl: call === 'token' ? sypht.url : faultyUrl,
		tokenUrl: `${call === 'token' ? faultyUrl : sypht.url}/oauth2/token`,
		clientId: `${CLIENT_ID}-${accounts}`,
		clientSecret: CLIENT_SECRET,
	});
}
