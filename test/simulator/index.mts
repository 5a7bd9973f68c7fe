import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { answerError, createApi } from './api.mts';
import { Documents, type Processing } from './documents.mts';
import { Faults } from './faults.mts';
import { RequestLog } from './requestLog.mts';
import { Tags } from './tags.mts';
import { Tokens, type Clients } from './tokens.mts';

export interface SimulatorOptions extends Partial<Processing> {
	/** 0 takes a free one. */
	port?: number;
	clients?: Clients;
	tokenLifeSeconds?: number;
	latencyMs?: number;
	maxBytes?: number;
	maxPages?: number;
}

/** A Sypht that runs on this machine. */
export interface Simulator {
	/** Both the API's base URL and, with `/oauth2/token`, the token URL's. */
	url: string;
	tokens: Tokens;
	documents: Documents;
	tags: Tags;
	requests: RequestLog;
	faults: Faults;
	close(): Promise<void>;
}

export const DEFAULT_PORT = 8910;
export const CLIENT_ID = 'simulator';
export const CLIENT_SECRET = 'simulator-secret';

const COMPANY_ID = '0d5be9b3-6a5c-4b62-9d8a-6c2f5e0a7c11';

/** Starts a simulator on loopback. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
	const clients = options.clients ?? { [CLIENT_ID]: CLIENT_SECRET };
	const tokens = new Tokens(clients, options.tokenLifeSeconds ?? 3600);
	const documents = new Documents({ processingMs: options.processingMs ?? 1500 });
	const tags = new Tags(documents);
	const requests = new RequestLog();
	const faults = new Faults();

	const app = express();
	app.disable('x-powered-by');
	app.use(requests.record, faults.apply, tokens.createRouter(), tokens.require);
	app.use(
		createApi(documents, {
			limits: {
				maxBytes: options.maxBytes ?? 20 * 1024 * 1024,
				maxPages: options.maxPages ?? 16,
			},
			latencyMs: options.latencyMs ?? 0,
			companyId: COMPANY_ID,
			clients,
		}),
	);
	app.use(tags.createRouter(COMPANY_ID));
	app.use((_request, response) => {
		response.status(404).json({ message: 'There is nothing at this address' });
	});
	app.use(answerError);

	const server = createServer(app);
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(options.port ?? 0, '127.0.0.1', resolve);
	});
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		tokens,
		documents,
		tags,
		requests,
		faults,
		async close() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
