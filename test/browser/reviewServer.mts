import { parse, type ParsedUrlQuery } from 'node:querystring';
import { text } from 'node:stream/consumers';
import { startLocalServer } from '../e2e/harness/localServer.mts';

/** What n8n 2.41 answers HTML with (`getHtmlSandboxCSP` in n8n-core). */
const SANDBOX =
	'sandbox allow-downloads allow-forms allow-modals allow-orientation-lock allow-pointer-lock ' +
	'allow-popups allow-popups-to-escape-sandbox allow-presentation allow-scripts ' +
	'allow-top-navigation-by-user-activation allow-top-navigation-to-custom-protocols';

export interface ReviewServer extends AsyncDisposable {
	url: string;
	submitUrl: string;
	/** Method and path of every request. */
	requests: string[];
	/** What was posted, read as n8n reads it. */
	answers: ParsedUrlQuery[];
}

/** Serves a page as a webhook of n8n does, and answers what it posts once a promise is kept. */
export async function startReviewServer(
	createPage: (submitUrl: string) => string,
	answerWhen?: Promise<unknown>,
): Promise<ReviewServer> {
	const requests: string[] = [];
	const answers: ParsedUrlQuery[] = [];
	const server = await startLocalServer(async (request, response) => {
		requests.push(`${request.method} ${request.url}`);
		response.setHeader('Content-Type', 'text/html; charset=utf-8');
		if (request.method === 'POST') {
			answers.push({ ...parse(await text(request)) });
			await answerWhen;
			response.end('<link rel="icon" href="data:,">Thank you');
			return;
		}
		response.setHeader('Content-Security-Policy', SANDBOX);
		response.end(createPage(submitUrl));
	});
	const submitUrl = `${server.url}/webhook-waiting/7?signature=a&b=%22`;
	return {
		url: server.url,
		submitUrl,
		requests,
		answers,
		[Symbol.asyncDispose]: server.close,
	};
}
