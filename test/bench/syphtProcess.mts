/** The process that `startService` starts: a simulator that tells what it saw. */
import { startSimulator } from '../simulator/index.mts';

export interface ServiceOptions {
	latencyMs: number;
	processingMs: number;
	tokenLifeSeconds?: number;
}

export interface ServiceCounts {
	tokens: number;
	uploads: number;
	resultRequests: number;
	/** Answers from 400 on. */
	refusals: number;
	maxUploadsInFlight: number;
	maxResultsInFlight: number;
	/** SHA-256 of each document that was taken. */
	hashes: string[];
}

const MAX_BYTES = 400 * 1024 * 1024;

const options = JSON.parse(process.argv[2]) as ServiceOptions;
const simulator = await startSimulator({ ...options, maxBytes: MAX_BYTES });
let tokensBefore = 0;

process.on('message', () => process.send?.(takeCounts()));
process.on('disconnect', () => void simulator.close());
process.send?.({ url: simulator.url });

function takeCounts(): ServiceCounts {
	const { requests, tokens, documents } = simulator;
	const counts = {
		tokens: tokens.issued - tokensBefore,
		uploads: requests.find('POST', '/fileupload').length,
		resultRequests: requests.find('GET', '/result/final').length,
		refusals: requests.entries.filter(({ status }) => status >= 400).length,
		maxUploadsInFlight: requests.maxInFlight.uploads,
		maxResultsInFlight: requests.maxInFlight.results,
		hashes: [...documents.all.values()].map(({ sha256 }) => sha256),
	};
	tokensBefore = tokens.issued;
	requests.clear();
	documents.all.clear();
	return counts;
}
