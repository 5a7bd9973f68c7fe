import type { Hosts } from '../../credentials/environments.ts';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { describeShape } from './shape.mts';

/** An answer of the service. */
export interface Answer {
	status: number;
	headers: Headers;
	/** Parsed if it is JSON, otherwise text. */
	body: unknown;
	/** The size of the body. */
	bytes: number;
	/** From the start of the request to the end of the answer. */
	tookMs: number;
}

export interface Call {
	/** An object that is not a form is sent as JSON. */
	body?: FormData | object;
	headers?: Record<string, string>;
}

const MAX_REQUEST_MS = 150_000;

/** Sends requests that the nodes cannot send. */
export class Service {
	readonly hosts: Hosts;

	/** As the token exchange returned it. */
	token = '';

	private readonly clientId: string;

	private readonly clientSecret: string;

	constructor(hosts: Hosts, { clientId, clientSecret }: ICredentialDataDecryptedObject) {
		this.hosts = hosts;
		this.clientId = String(clientId);
		this.clientSecret = String(clientSecret);
	}

	async logIn(): Promise<void> {
		const isLegacy = this.hosts.tokenUrl.includes('/oauth/');
		const form = { client_id: this.clientId, grant_type: 'client_credentials' };
		const legacyForm = { client_secret: this.clientSecret, audience: 'https://api.sypht.com' };
		const basic = Buffer.from(`${this.clientId}:${this.clientSecret}`).toString('base64');
		const answer = await fetch(this.hosts.tokenUrl, {
			method: 'POST',
			headers: isLegacy ? {} : { Authorization: `Basic ${basic}` },
			body: new URLSearchParams(isLegacy ? { ...form, ...legacyForm } : form),
			signal: AbortSignal.timeout(MAX_REQUEST_MS),
		});
		const { access_token: token } = (await answer.json()) as { access_token?: string };
		this.token = token ?? '';
	}

	async send(method: string, path: string, { body, headers }: Call = {}): Promise<Answer> {
		const isForm = body instanceof FormData;
		const startedAt = performance.now();
		const response = await fetch(`${this.hosts.apiBaseUrl}${path}`, {
			method,
			headers: {
				Accept: 'application/json',
				Authorization: `Bearer ${this.token}`,
				...(body && !isForm ? { 'Content-Type': 'application/json' } : {}),
				...headers,
			},
			body: body && !isForm ? JSON.stringify(body) : body,
			redirect: 'manual',
			signal: AbortSignal.timeout(MAX_REQUEST_MS),
		});
		const content = Buffer.from(await response.arrayBuffer());
		return {
			status: response.status,
			headers: response.headers,
			body: parse(content),
			bytes: content.length,
			tookMs: Math.round(performance.now() - startedAt),
		};
	}
}

/** Status and shape of an answer; of an error, its own words. */
export function describeAnswer({ status, body }: Pick<Answer, 'status' | 'body'>): string {
	if (body === undefined) return `HTTP ${status}, no body`;
	if (status < 400 || typeof body !== 'object' || body === null) {
		return `HTTP ${status}, ${describeShape(body)}`;
	}
	const texts = Object.entries(body).map(([key, value]) =>
		typeof value === 'string' || typeof value === 'number'
			? `${key} ${JSON.stringify(value)}`
			: `${key}: ${describeShape(value)}`,
	);
	return `HTTP ${status}, ${texts.join(', ') || 'an empty object'}`;
}

function parse(content: Buffer): unknown {
	if (content.length === 0) return undefined;
	try {
		return JSON.parse(content.toString()) as unknown;
	} catch {
		return content.toString('utf8', 0, 200);
	}
}
