import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import express from 'express';
import { answerError, createApi } from './api.mts';
import { Clock } from './clock.mts';
import { Company } from './company.mts';
import { Documents, isUnreadable, type Processing } from './documents.mts';
import { Faults } from './faults.mts';
import { PdfReader } from './pdf/reader.mts';
import { RequestLog } from './requestLog.mts';
import type { Tags } from './tags.mts';
import { Tokens, type Clients } from './tokens.mts';

export interface SimulatorOptions extends Partial<Processing> {
	/** 0 means any free one. */
	port?: number;
	clients?: Clients;
	tokenLifeSeconds?: number;
	latencyMs?: number;
	/** How long a request for results is held at most, whatever it asks for. */
	maxHoldMs?: number;
	maxBytes?: number;
	maxPages?: number;
}

/** A simulated Sypht that runs on this machine. */
export interface Simulator {
	/** The base URL of the API; with `/oauth2/token` appended, the token URL. */
	url: string;
	clock: Clock;
	tokens: Tokens;
	documents: Documents;
	tags: Tags;
	company: Company;
	requests: RequestLog;
	faults: Faults;
	companyId: string;
	close(): Promise<void>;
}

export const DEFAULT_PORT = 8910;
export const CLIENT_ID = 'simulator';
export const CLIENT_SECRET = 'simulator-secret';

const COMPANY_ID = '0d5be9b3-6a5c-4b62-9d8a-6c2f5e0a7c11';

/** Sypht's documented limits. */
const MAX_BYTES = 20 * 1024 * 1024;
const MAX_PAGES = 16;
/** If the limit is set higher, only size and hash of a larger file are kept. */
const MAX_KEPT_BYTES = MAX_BYTES;

/** Starts a simulator on loopback. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
	const { processingMs = 1500, fails = isUnreadable, pendingStatus = 'IN PROGRESS' } = options;
	const { maxBytes = MAX_BYTES } = options;
	const clients = options.clients ?? { [CLIENT_ID]: CLIENT_SECRET };
	const clock = new Clock();
	const tokens = new Tokens(clients, options.tokenLifeSeconds ?? 3600, COMPANY_ID, clock);
	const documents = new Documents({ processingMs, fails, pendingStatus });
	const company = new Company(COMPANY_ID, documents);
	const requests = new RequestLog();
	const faults = new Faults();
	const reader = new PdfReader();
	const folder = await mkdtemp(path.join(tmpdir(), 'sypht-simulator-'));

	const app = express();
	app.disable('x-powered-by');
	app.use(clock.tell, requests.record, faults.apply, tokens.createRouter(), tokens.require);
	app.use(
		createApi({
			documents,
			reader,
			storage: { folder, maxBytes: Math.min(maxBytes, MAX_KEPT_BYTES) },
			limits: { maxBytes, maxPages: options.maxPages ?? MAX_PAGES },
			latencyMs: options.latencyMs ?? 0,
			maxHoldMs: options.maxHoldMs ?? Infinity,
			companyId: COMPANY_ID,
			company,
			clients,
		}),
		answerError,
	);

	const server = createServer(app);
	async function close(): Promise<void> {
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
		await reader.close();
		await rm(folder, { recursive: true, force: true });
	}
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(options.port ?? 0, '127.0.0.1', resolve);
	}).catch(async (error: unknown) => {
		await close();
		throw error;
	});
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const { tags } = company;
	return {
		url,
		clock,
		tokens,
		documents,
		tags,
		company,
		requests,
		faults,
		companyId: COMPANY_ID,
		close,
	};
}
