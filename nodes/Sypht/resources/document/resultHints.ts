import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

/** What became of the documents of a run. */
export interface ResultTally {
	read: number;
	failed: number;
	notReady: number;
	toReview: number;
	/** Documents that Line Items gave no item of, by file ID. */
	withoutLines: string[];
}

const MAX_LISTED_IDS = 5;

export function startTally(): ResultTally {
	return { read: 0, failed: 0, notReady: 0, toReview: 0, withoutLines: [] };
}

/** Counts a document that is read, by the items that came of it. */
export function countRead(tally: ResultTally, fileId: string, outputs: IDataObject[]): void {
	tally.read++;
	if (outputs.length === 0) tally.withoutLines.push(fileId);
	const review = outputs[0]?.review as { needed?: boolean } | undefined;
	if (review?.needed) tally.toReview++;
}

/** Ends a run with what the items alone don't show. Older versions of n8n have no such hints. */
export function addResultHints(context: IExecuteFunctions, tally: ResultTally): void {
	const message = describeTally(tally);
	if (message === undefined || typeof context.addExecutionHints !== 'function') return;
	context.addExecutionHints({
		message,
		type: tally.failed > 0 || tally.withoutLines.length > 0 ? 'warning' : 'info',
		location: 'outputPane',
	});
}

/** @returns undefined when everything is as expected with a single document */
export function describeTally(tally: ResultTally): string | undefined {
	const { read, failed, notReady, toReview, withoutLines } = tally;
	const total = read + failed + notReady;
	if (total < 2 && toReview === 0 && withoutLines.length === 0) return undefined;
	const counts = [
		`${read} read`,
		...(failed > 0 ? [`${failed} failed`] : []),
		...(notReady > 0 ? [`${notReady} not ready yet`] : []),
		...(toReview > 0 ? [`${toReview} to review`] : []),
	];
	const summary = `${total} ${total === 1 ? 'document' : 'documents'}: ${counts.join(', ')}.`;
	if (withoutLines.length === 0) return summary;
	const listed = withoutLines.slice(0, MAX_LISTED_IDS).join(', ');
	const more = withoutLines.length > MAX_LISTED_IDS ? ', …' : '';
	return `${summary} ${withoutLines.length} without line items, which gave no item: ${listed}${more}. Choose the output Simplified to see what else was read.`;
}
