import { fork } from 'node:child_process';
import { once } from 'node:events';
import { endWithParent } from '../e2e/harness/endWithParent.mts';
import type { ServiceCounts, ServiceOptions } from './syphtProcess.mts';

/** The simulator in its own process, so that its work is not counted as n8n's. */
export interface Service {
	url: string;
	/** What the service saw since the last call of this. */
	takeCounts(): Promise<ServiceCounts>;
	close(): Promise<void>;
}

export async function startService(options: ServiceOptions): Promise<Service> {
	const child = fork(new URL('./syphtProcess.mts', import.meta.url), [JSON.stringify(options)]);
	endWithParent(child);
	const ended = new AbortController();
	child.once('exit', () => ended.abort());
	const { url } = (await nextMessage()) as { url: string };
	return {
		url,
		async takeCounts() {
			const answer = nextMessage();
			child.send('counts');
			return (await answer) as ServiceCounts;
		},
		async close() {
			const exited = once(child, 'exit');
			child.disconnect();
			await exited;
		},
	};
	async function nextMessage(): Promise<unknown> {
		const [message] = (await once(child, 'message', { signal: ended.signal })) as unknown[];
		return message;
	}
}
