import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { RunObserver } from '../shared/runItems';

/** What became of the documents of a run so far. */
export interface Tally {
	total: number;
	uploaded: number;
	read: number;
	failed: number;
	notReady: number;
	toReview: number;
	/** Documents that Line Items gave no item of, by file ID. */
	withoutLines: string[];
}

const MAX_LISTED_IDS = 5;

/** The least time between two messages of a run, and before the first. */
const PROGRESS_INTERVAL_MS = 2_000;

/** Counts what becomes of the documents of a run, and tells it while it goes on and at its end. */
export class RunReport implements RunObserver {
	readonly tally: Tally = {
		total: 0,
		uploaded: 0,
		read: 0,
		failed: 0,
		notReady: 0,
		toReview: 0,
		withoutLines: [],
	};

	private readonly context: IExecuteFunctions;

	private lastToldAt = Date.now();

	constructor(context: IExecuteFunctions) {
		this.context = context;
	}

	onPlanned(total: number): void {
		this.tally.total = total;
	}

	onUploaded(): void {
		this.tally.uploaded++;
		this.tellProgress();
	}

	/** @param outputs the items that came of the document */
	onRead(fileId: string, outputs: IDataObject[]): void {
		this.tally.read++;
		if (outputs.length === 0) this.tally.withoutLines.push(fileId);
		const review = outputs[0]?.review as { needed?: boolean } | undefined;
		if (review?.needed) this.tally.toReview++;
		this.tellProgress();
	}

	onNotReady(): void {
		this.tally.notReady++;
		this.tellProgress();
	}

	onFailed(): void {
		this.tally.failed++;
		this.tellProgress();
	}

	/** Ends the run with what the items alone don't show. Older versions of n8n have no such hints. */
	addHints(): void {
		const { context, tally } = this;
		const message = describeEnd(tally);
		if (message === undefined || typeof context.addExecutionHints !== 'function') return;
		context.addExecutionHints({
			message,
			type: tally.failed > 0 || tally.withoutLines.length > 0 ? 'warning' : 'info',
			location: 'outputPane',
		});
	}

	/** It goes to the console of the browser: n8n shows nothing else of a node that has not ended. */
	private tellProgress(): void {
		if (Date.now() - this.lastToldAt < PROGRESS_INTERVAL_MS) return;
		this.lastToldAt = Date.now();
		this.context.sendMessageToUI(describeProgress(this.tally));
	}
}

/** @returns undefined when everything is as expected with a single document */
export function describeEnd(tally: Tally): string | undefined {
	const { total, toReview, withoutLines } = tally;
	if (total < 2 && toReview === 0 && withoutLines.length === 0) return undefined;
	const summary = `${countDocuments(total)}: ${describeCounts(tally).join(', ')}.`;
	if (withoutLines.length === 0) return summary;
	const listed = withoutLines.slice(0, MAX_LISTED_IDS).join(', ');
	const more = withoutLines.length > MAX_LISTED_IDS ? ', …' : '';
	return `${summary} ${withoutLines.length} without line items, which gave no item: ${listed}${more}. Choose the output Simplified to see what else was read.`;
}

export function describeProgress(tally: Tally): string {
	const { total, uploaded } = tally;
	const counts = describeCounts(tally);
	if (uploaded > 0) counts.unshift(`${uploaded} uploaded`);
	return `${countDocuments(total)}: ${counts.join(', ')} so far`;
}

function countDocuments(total: number): string {
	return `${total} ${total === 1 ? 'document' : 'documents'}`;
}

function describeCounts({ read, failed, notReady, toReview }: Tally): string[] {
	return [
		`${read} read`,
		...(failed > 0 ? [`${failed} failed`] : []),
		...(notReady > 0 ? [`${notReady} not ready yet`] : []),
		...(toReview > 0 ? [`${toReview} to review`] : []),
	];
}
