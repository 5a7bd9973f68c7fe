import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import express, { type NextFunction, type Request, type Response } from 'express';
import { Clock } from './clock.mts';
import { toErrorBody } from './refusal.mts';

/** Client ids with their secrets. */
export type Clients = Record<string, string>;

const AUDIENCE = 'https://api.sypht.com';

/** The claim in which Sypht's Python client looks for the company. */
const COMPANY_CLAIM = `${AUDIENCE}/companyId`;

/** Issues access tokens that really expire, and knows which ones are valid. */
export class Tokens {
	/** How many exchanges succeeded. */
	issued = 0;

	/** When each token expires, in ms since 1970. */
	private readonly expiries = new Map<string, number>();

	readonly clients: Clients;

	lifeSeconds: number;

	/** What an answer says about the lifetime of its token; undefined leaves it out. */
	announce = (lifeSeconds: number): unknown => lifeSeconds;

	private readonly clock: Clock;

	private readonly companyId: string;

	private readonly key = randomBytes(32);

	constructor(clients: Clients, lifeSeconds: number, companyId: string, clock = new Clock()) {
		this.clock = clock;
		this.clients = clients;
		this.lifeSeconds = lifeSeconds;
		this.companyId = companyId;
	}

	/** Invalidates all tokens issued so far. */
	revoke(): void {
		for (const token of this.expiries.keys()) this.expiries.set(token, 0);
	}

	/** Every token that was ever issued. */
	known(): string[] {
		return [...this.expiries.keys()];
	}

	/** Both exchanges: `/oauth2/token`, and `/oauth/token` for credentials from before June 2020. */
	createRouter(): express.Router {
		const router = express.Router();
		const body = [express.urlencoded({ extended: false }), express.json()];
		router.post('/oauth2/token', body, (request: Request, response: Response) => {
			const [, basic = ''] = /^Basic (.+)$/.exec(request.headers.authorization ?? '') ?? [];
			const [id, ...secret] = Buffer.from(basic, 'base64').toString().split(':');
			const { client_id: formId, grant_type: grantType } = request.body ?? {};
			if (grantType !== 'client_credentials') {
				response.status(400).json({ error: 'unsupported_grant_type' });
			} else if (formId !== undefined && formId !== id) {
				response.status(400).json({ error: 'invalid_request' });
			} else if (!this.knows(id, secret.join(':'))) {
				response.status(400).json({ error: 'invalid_client' });
			} else {
				response.json(this.issue(id));
			}
		});
		router.post('/oauth/token', body, (request: Request, response: Response) => {
			const { client_id: id, client_secret: secret, audience, grant_type } = request.body ?? {};
			// The Python client sends the base URL that it calls.
			const isAudience = audience === AUDIENCE || audience === `http://${request.headers.host}`;
			if (!isAudience || grant_type !== 'client_credentials') {
				response.status(403).json({ error: 'access_denied', error_description: 'Wrong audience' });
			} else if (!this.knows(id, secret)) {
				response.status(401).json({ error: 'access_denied', error_description: 'Unauthorized' });
			} else {
				response.json(this.issue(id));
			}
		});
		return router;
	}

	/**
	 * Lets only requests with a valid token pass. It refuses the others once all of the request has
	 * arrived: an earlier answer can get lost when the connection closes on a client that still sends.
	 */
	require = (request: Request, response: Response, next: NextFunction): void => {
		const [, token = ''] = /^Bearer (.+)$/.exec(request.headers.authorization ?? '') ?? [];
		if (Date.now() < (this.expiries.get(token) ?? 0)) {
			next();
			return;
		}
		const refuse = () =>
			response.status(401).json(toErrorBody(401, 'The incoming token has expired'));
		request.on('end', refuse).resume();
	};

	private knows(id: unknown, secret: unknown): boolean {
		return typeof id === 'string' && Object.hasOwn(this.clients, id) && this.clients[id] === secret;
	}

	private issue(id: string): { access_token: string; expires_in: unknown; token_type: string } {
		const lifeMs = this.lifeSeconds * 1000;
		const claims = {
			sub: id,
			jti: randomUUID(),
			exp: Math.floor((this.clock.now() + lifeMs) / 1000),
			[COMPANY_CLAIM]: this.companyId,
		};
		const token = this.sign(claims);
		this.expiries.set(token, Date.now() + lifeMs);
		this.issued++;
		const expiresIn = this.announce(this.lifeSeconds);
		return { access_token: token, expires_in: expiresIn, token_type: 'Bearer' };
	}

	/** A JSON Web Token: Sypht's Java client reads the expiry in it, the Python client the company. */
	private sign(claims: object): string {
		const [head, payload] = [{ alg: 'HS256', typ: 'JWT' }, claims].map((part) =>
			Buffer.from(JSON.stringify(part)).toString('base64url'),
		);
		const signature = createHmac('sha256', this.key).update(`${head}.${payload}`);
		return `${head}.${payload}.${signature.digest('base64url')}`;
	}
}
