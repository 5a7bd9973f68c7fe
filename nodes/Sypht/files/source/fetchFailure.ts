import { findServiceMessage, redactAndTruncate } from '../../http/serviceMessage';
import { throwIfCancelled } from '../../transport/cancellation';
import { describeConnection } from '../../transport/errors';
import { readErrorStream } from '../../transport/errorStream';
import type { Failure } from '../../transport/failure';

const TOO_MANY_REDIRECTS = 'ERR_FR_TOO_MANY_REDIRECTS';

/**
 * Says why a file could not be fetched, with the server's own message if it has one.
 *
 * @throws CancelledError
 */
export async function describeFetchFailure(
	failure: Failure,
	url: URL,
	signal: AbortSignal,
): Promise<{ reason: string; advice: string }> {
	switch (failure.kind) {
		case 'status': {
			const read = await readErrorStream(failure, signal);
			throwIfCancelled(signal);
			const quoted = read.kind === 'status' && findServerMessage(read.body, url);
			return {
				reason: `its server answered HTTP ${failure.statusCode}`,
				advice: `${quoted ? `The server says: "${quoted}". ` : ''}${adviseOn(failure.statusCode)}`,
			};
		}
		case 'network':
		case 'untrusted':
			if (failure.code === TOO_MANY_REDIRECTS) {
				return {
					reason: 'its server redirects again and again',
					advice:
						'Many servers do so when a file needs a login. Use the HTTP Request node first to fetch it with credentials.',
				};
			}
			return {
				reason: describeConnection(failure),
				advice: 'Check the URL, and that n8n can reach it.',
			};
		case 'token':
			return { reason: failure.error.message, advice: '' };
		case 'local':
			return { reason: failure.message, advice: 'Check the URL.' };
	}
}

function adviseOn(statusCode: number): string {
	if (statusCode === 404) return 'Check the URL.';
	if (statusCode >= 500 || statusCode === 429) return 'Try again later.';
	return 'Check that the URL is right and has not expired, and that n8n can reach it without logging in.';
}

function findServerMessage(body: unknown, url: URL): string | undefined {
	// As the storages of Amazon, Google and Azure write it.
	const xml = /<Message>([^<]{1,1000})<\/Message>/i.exec(typeof body === 'string' ? body : '');
	const text = xml?.[1] ?? findServiceMessage(body);
	// A server may repeat the signature that it refuses.
	const secrets = [...url.searchParams.values(), url.password];
	return text && redactAndTruncate(text, secrets).replace(/\s+/g, ' ');
}
