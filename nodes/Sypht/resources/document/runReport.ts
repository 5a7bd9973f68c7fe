import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { findUnknownFields, listFieldNames, type OutputOptions } from '../../results';
import type { RunObserver } from '../shared/runItems';

/** What has become of the documents of a run so far. */
export interface Counts {
	total: number;
	uploaded: number;
	/** Documents that Sypht had already. */
	reused: number;
	read: number;
	failed: number;
	notReady: number;
	toReview: number;
	/** Names of images that are too small to be documents. */
	skipped: string[];
	/** Items without any file. */
	withoutFiles: number;
	/** File IDs of documents for which Line Items returned nothing. */
	withoutLines: string[];
}

const MAX_LISTED = 5;

const PIN_ADVICE =
	'Pin this output while you build the workflow, so that the next test does not upload, and charge, again.';

/** The shortest time between two messages of a run, and before the first. */
const PROGRESS_INTERVAL_MS = 2_000;

/** Counts the outcomes of the documents of a run, and reports them during the run and when it finishes. */
export class RunReport implements RunObserver {
	private readonly context: IExecuteFunctions;

	readonly counts: Counts = {
		total: 0,
		uploaded: 0,
		reused: 0,
		read: 0,
		failed: 0,
		notReady: 0,
		toReview: 0,
		skipped: [],
		withoutFiles: 0,
		withoutLines: [],
	};

	/** The names of fields that users asked for, and that documents have. */
	private readonly askedNames = new Set<string>();

	private readonly existingNames = new Set<string>();

	private lastReportedAt = Date.now();

	constructor(context: IExecuteFunctions) {
		this.context = context;
	}

	onPlanned(total: number): void {
		this.counts.total = total;
	}

	/** @param fileNames images that are too small to be documents */
	onSkipped(fileNames: string[]): void {
		this.counts.skipped.push(...fileNames);
	}

	onWithoutFiles(): void {
		this.counts.withoutFiles++;
	}

	/** @param output that of the upload */
	onUploaded({ reused }: { reused?: boolean }): void {
		if (reused) this.counts.reused++;
		else this.counts.uploaded++;
		this.reportProgress();
	}

	/**
	 * @param outputs the items that were made of the result
	 * @param askedNames the names of fields that they were asked for
	 */
	onRead(
		fileId: string,
		result: IDataObject,
		outputs: IDataObject[],
		{ fieldNames = [], reviewFields = [] }: OutputOptions,
	): void {
		this.counts.read++;
		for (const name of [...fieldNames, ...reviewFields]) this.askedNames.add(name);
		for (const name of listFieldNames(result)) this.existingNames.add(name);
		if (outputs.length === 0) this.counts.withoutLines.push(fileId);
		const review = outputs[0]?.review as { needed?: boolean } | undefined;
		if (review?.needed) this.counts.toReview++;
		this.reportProgress();
	}

	onNotReady(): void {
		this.counts.notReady++;
		this.reportProgress();
	}

	onFailed(): void {
		this.counts.failed++;
		this.reportProgress();
	}

	/** Adds a hint on what the items alone do not show. Older versions of n8n have no hints. */
	onFinished(): void {
		const { context, counts } = this;
		const unknown = counts.read > 0 ? this.describeUnknownNames() : [];
		const isTest = context.getMode() === 'manual' && counts.uploaded > 0;
		const messages = [describeEnd(counts), ...unknown, isTest ? PIN_ADVICE : undefined];
		const message = messages.filter(Boolean).join(' ');
		if (message === '' || typeof context.addExecutionHints !== 'function') return;
		const isWarning = counts.failed > 0 || counts.withoutLines.length > 0 || unknown.length > 0;
		context.addExecutionHints({
			message,
			type: isWarning ? 'warning' : 'info',
			location: 'outputPane',
		});
	}

	private describeUnknownNames(): string[] {
		return findUnknownFields([...this.askedNames], this.existingNames).map(({ name, nearest }) => {
			const advice = nearest.length > 0 ? ` Did you mean ${nearest.join(' or ')}?` : '';
			return `No document has a field "${name}".${advice}`;
		});
	}

	/** Goes to the console of the browser: n8n shows nothing else of a node that is running. */
	private reportProgress(): void {
		if (Date.now() - this.lastReportedAt < PROGRESS_INTERVAL_MS) return;
		this.lastReportedAt = Date.now();
		this.context.sendMessageToUI(describeProgress(this.counts));
	}
}

/** @returns undefined when a single document went as expected */
export function describeEnd(counts: Counts): string | undefined {
	const { total, reused, toReview, skipped, withoutFiles, withoutLines } = counts;
	const isRemarkable = reused + toReview + skipped.length + withoutFiles + withoutLines.length > 0;
	if (total < 2 && !isRemarkable) return undefined;
	const items =
		withoutFiles > 0
			? ` Skipped ${withoutFiles} ${withoutFiles === 1 ? 'item' : 'items'} without files.`
			: '';
	const images =
		skipped.length > 0
			? ` Skipped images that are too small to be documents: ${listSome(skipped)}.`
			: '';
	const summary = `${countDocuments(total)}: ${describeCounts(counts).join(', ')}.${images}${items}`;
	if (withoutLines.length === 0) return summary;
	const empty =
		withoutLines.length === 1
			? '1 document has no line items and returned nothing'
			: `${withoutLines.length} documents have no line items and returned nothing`;
	return `${summary} ${empty}: ${listSome(withoutLines)}. Choose the output Simplified to see their other fields.`;
}

function listSome(names: string[]): string {
	const more = names.length > MAX_LISTED ? ', …' : '';
	return `${names.slice(0, MAX_LISTED).join(', ')}${more}`;
}

export function describeProgress(counts: Counts): string {
	const { total, uploaded } = counts;
	const parts = describeCounts(counts);
	if (uploaded > 0 && counts.read > 0) parts.unshift(`${uploaded} uploaded`);
	return `${countDocuments(total)}: ${parts.join(', ')} so far`;
}

function countDocuments(total: number): string {
	return `${total} ${total === 1 ? 'document' : 'documents'}`;
}

function describeCounts(counts: Counts): string[] {
	const { uploaded, reused, read, failed, notReady, toReview } = counts;
	const isUploadOnly = read === 0 && uploaded + reused > 0;
	return [
		...(isUploadOnly ? [] : [`${read} read`]),
		...(isUploadOnly && uploaded > 0 ? [`${uploaded} uploaded`] : []),
		...(reused > 0 ? [`${reused} reused`] : []),
		...(failed > 0 ? [`${failed} failed`] : []),
		...(notReady > 0 ? [`${notReady} not ready yet`] : []),
		...(toReview > 0 ? [`${toReview} to review`] : []),
	];
}
