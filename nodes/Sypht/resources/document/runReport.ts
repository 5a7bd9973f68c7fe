import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { findUnknownFields, listFieldNames, type OutputOptions } from '../../results';
import { count } from '../../review/wording';
import type { RunObserver } from '../shared/runItems';

const MAX_LISTED = 5;

const PIN_ADVICE =
	'Pin this output while you build the workflow, so that the next test does not upload, and charge, again. n8n cannot pin files, so first turn off Keep File in the options if it contains one.';

/** The shortest time between two messages of a run, and before the first. */
const PROGRESS_INTERVAL_MS = 2_000;

export type Counts = RunReport['counts'];

/** Counts what becomes of the documents of a run, and reports it while it runs and when it finishes. */
export class RunReport implements RunObserver {
	private readonly context: IExecuteFunctions;

	readonly counts = {
		total: 0,
		uploaded: 0,
		/** Documents that Sypht had already. */
		reused: 0,
		read: 0,
		failed: 0,
		notReady: 0,
		toReview: 0,
		/** Names of images that are too small to be documents. */
		skipped: [] as string[],
		/** Items without any file. */
		withoutFiles: 0,
		/** File IDs of documents for which Line Items returned nothing. */
		withoutLines: [] as string[],
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

	/** Counts a document, and reports the progress now and then. */
	add(kind: 'uploaded' | 'reused' | 'read' | 'failed' | 'notReady'): void {
		this.counts[kind]++;
		if (Date.now() - this.lastReportedAt < PROGRESS_INTERVAL_MS) return;
		this.lastReportedAt = Date.now();
		// To the console of the browser: n8n shows nothing else of a node that is running.
		this.context.sendMessageToUI(describeProgress(this.counts));
	}

	onFailed(): void {
		this.add('failed');
	}

	/** @param outputs the items that were made of the result */
	onRead(
		result: IDataObject,
		outputs: IDataObject[],
		{ fieldNames = [], reviewFields = [] }: OutputOptions,
	): void {
		for (const name of [...fieldNames, ...reviewFields]) this.askedNames.add(name);
		for (const name of listFieldNames(result)) this.existingNames.add(name);
		if (outputs.length === 0) this.counts.withoutLines.push(String(result.fileId));
		const review = outputs[0]?.review as { needed?: boolean } | undefined;
		if (review?.needed) this.counts.toReview++;
		this.add('read');
	}

	/** Adds a hint on what the items alone do not show. Older versions of n8n have no hints. */
	onFinished(): void {
		const { context, counts } = this;
		const unknown = this.describeUnknownNames();
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
}

/** @returns undefined when a single document went as expected */
export function describeEnd(counts: Counts): string | undefined {
	const { total, reused, toReview, skipped, withoutFiles, withoutLines } = counts;
	const isRemarkable = reused + toReview + skipped.length + withoutFiles + withoutLines.length > 0;
	if (total < 2 && !isRemarkable) return undefined;
	const have = withoutLines.length === 1 ? 'has' : 'have';
	return [
		`${count(total, 'document')}: ${describeCounts(counts).join(', ')}.`,
		skipped.length > 0 &&
			`Skipped images that are too small to be documents: ${listSome(skipped)}.`,
		withoutFiles > 0 && `Skipped ${count(withoutFiles, 'item')} without files.`,
		withoutLines.length > 0 &&
			`${count(withoutLines.length, 'document')} ${have} no line items and returned nothing: ${listSome(withoutLines)}. Choose the output Simplified to see their other fields.`,
	]
		.filter(Boolean)
		.join(' ');
}

export function describeProgress(counts: Counts): string {
	const { total, uploaded, read } = counts;
	const parts = describeCounts(counts);
	if (uploaded > 0 && read > 0) parts.unshift(`${uploaded} uploaded`);
	return `${count(total, 'document')}: ${parts.join(', ')} so far`;
}

function describeCounts(counts: Counts): string[] {
	const { uploaded, reused, read, failed, notReady, toReview } = counts;
	const isUploadOnly = read === 0 && uploaded + reused > 0;
	const others: Array<[number, string]> = [
		[reused, 'reused'],
		[failed, 'failed'],
		[notReady, 'not ready yet'],
		[toReview, 'to review'],
	];
	if (isUploadOnly) others.unshift([uploaded, 'uploaded']);
	const parts = others.filter(([number]) => number > 0).map((part) => part.join(' '));
	return isUploadOnly ? parts : [`${read} read`, ...parts];
}

function listSome(names: string[]): string {
	const more = names.length > MAX_LISTED ? ', …' : '';
	return `${names.slice(0, MAX_LISTED).join(', ')}${more}`;
}
