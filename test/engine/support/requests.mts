import nock from 'nock';
import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { API, mockTokens, newCredential } from './service.mts';
import { runWorkflow, type SyphtRun } from './workflow.mts';

export const COMPANY_ID = 'company 1';

/** A request that an operation is to send, and what it is answered. */
export interface ExpectedRequest {
	method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	/** As it goes over the wire: `c` stands for the escaped company id. */
	path: string;
	query?: Record<string, string>;
	/** Undefined when nothing may be sent, `form` for a form, which other tests look into. */
	body?: unknown;
	answer?: unknown;
	status?: number;
}

/** A run of an operation, and all that it sends. */
export interface RequestCase {
	/** Resource and operation, with a dot between them. */
	operation: string;
	parameters?: INodeParameters;
	input?: INodeExecutionData[];
	requests: ExpectedRequest[];
	/** The data of the items; without it one item that is the last answer as it is. */
	output?: IDataObject[];
}

interface ReceivedRequest {
	method: string;
	path: string;
	query: Record<string, string>;
	body: unknown;
	headers: Record<string, string>;
}

/** Runs a case in n8n's engine against a service that answers each request in turn. */
export async function runCase({
	operation,
	parameters,
	input,
	requests,
}: RequestCase): Promise<SyphtRun & { received: ReceivedRequest[] }> {
	mockTokens('token');
	const credential = newCredential();
	nock(API)
		.get(`/app/company/byclientid/${String(credential.data.clientId)}`)
		.optionally()
		.reply(200, { id: COMPANY_ID });

	const received: ReceivedRequest[] = [];
	for (const { method, path, query, answer = { any: ['thing'] }, status = 200 } of requests) {
		nock(API)
			.intercept(toWirePath(path), method)
			.query(query ?? {})
			.reply(function answerRequest(uri, body) {
				const { pathname, searchParams } = new URL(uri, API);
				received.push({
					method,
					path: pathname,
					query: Object.fromEntries(searchParams),
					body,
					headers: this.req.headers as unknown as Record<string, string>,
				});
				return [status, answer as nock.Body];
			});
	}
	const [resource, value] = operation.split('.');
	const outcome = await runWorkflow({
		parameters: { resource, operation: value, ...parameters },
		input,
		credential,
	});
	return { ...outcome, received };
}

export function toWirePath(path: string): string {
	return path.replace('/c/', `/${encodeURIComponent(COMPANY_ID)}/`);
}
