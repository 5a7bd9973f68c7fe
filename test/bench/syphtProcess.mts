/** The process that `startService` starts: a simulator that reports what it saw. */
import { startSimulator } from '../simulator/index.mts';
import { startGateway } from './gateway.mts';
import type { UploadRule } from './uploadRules.mts';

export interface ServiceOptions {
	latencyMs: number;
	processingMs: number;
	/** Absent: every upload is accepted at once. */
	rule?: UploadRule;
}

export interface ServiceCounts {
	tokens: number;
	resultRequests: number;
	/** Uploads that were refused. */
	refusals: number;
	maxUploadsInFlight: number;
	maxResultsInFlight: number;
	/** SHA-256 of each document that was accepted. */
	hashes: string[];
}

const MAX_BYTES = 400 * 1024 * 1024;

const { rule, ...options } = JSON.parse(process.argv[2]) as ServiceOptions;
const simulator = await startSimulator({ ...options, maxBytes: MAX_BYTES });
const gateway = rule && (await startGateway(simulator.url, rule, options.latencyMs));
let tokensBefore = 0;

process.on('message', () => process.send?.(takeCounts()));
process.on('disconnect', () => {
	gateway?.close();
	void simulator.close();
});
process.send?.({ url: (gateway ?? simulator).url });

function takeCounts(): ServiceCounts {
	const { requests, tokens, documents } = simulator;
	const uploads = requests.find('POST', '/fileupload');
	const counts = {
		tokens: tokens.issued - tokensBefore,
		resultRequests: requests.find('GET', '/result/final').length,
		refusals: uploads.filter(({ status }) => status >= 400).length,
		maxUploadsInFlight: requests.maxInFlight.uploads,
		maxResultsInFlight: requests.maxInFlight.results,
		hashes: [...documents.all.values()].map(({ sha256 }) => sha256),
		...gateway?.takeCounts(),
	};
	tokensBefore = tokens.issued;
	requests.clear();
	documents.all.clear();
	return counts;
}
