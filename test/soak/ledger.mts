import type { StoredDocument } from '../simulator/documents.mts';
import { TAGS } from './workflows.mts';

/** An item that Extract Data returned. */
export interface Item {
	fileName?: string;
	fileId?: string;
	fields?: unknown;
	error?: string;
	errorDescription?: string;
}

/** What the soak asked for, and what became of it. */
export interface Ledger {
	/** What was returned for each file that was to be extracted, by its name. */
	extracted: Map<string, Item[]>;
	/** All documents of the service. */
	documents: StoredDocument[];
	/** Each start of a workflow by a trigger. */
	startedFor: string[];
}

/** The tagged documents that are completed and did not start a workflow. */
export function listMissing({ documents, startedFor }: Ledger): string[] {
	const started = new Set(startedFor);
	return documents
		.filter((document) => isTagged(document) && document.status === 'FINALISED')
		.map(({ fileId }) => fileId)
		.filter((fileId) => !started.has(fileId));
}

/** Everything that must not be, in words. */
export function listMistakes(ledger: Ledger): string[] {
	const { extracted, documents, startedFor } = ledger;
	const mistakes = listMissing(ledger).map((fileId) => `${fileId} started no workflow`);
	for (const { fileId, fileName } of documents) {
		const starts = startedFor.filter((started) => started === fileId).length;
		// A queue may repeat what was not acknowledged.
		if (starts > 1 && !fileName.startsWith('queue')) {
			mistakes.push(`${fileName} started ${starts} workflows`);
		}
	}
	for (const [name, items] of extracted) {
		const uploaded = documents.filter(({ fileName }) => fileName === name);
		if (uploaded.length > 1) mistakes.push(`${name} was uploaded ${uploaded.length} times`);
		if (items.length !== 1) mistakes.push(`${name} came out ${items.length} times`);
		const [item] = items;
		if (item && uploaded.length > 0 && !isAccountedFor(item)) {
			mistakes.push(`${name} was uploaded, and its item does not say so: ${JSON.stringify(item)}`);
		}
	}
	return mistakes;
}

export function summarize({ extracted, documents, startedFor }: Ledger): string[] {
	const items = [...extracted.values()].flat();
	const results = items.filter(({ fields }) => fields).length;
	const tagged = documents.filter(isTagged).length;
	const repeats = startedFor.length - new Set(startedFor).size;
	return [
		`Extract Data: ${extracted.size} files, ${results} results, ${items.length - results} errors`,
		`Sypht Trigger: ${tagged} documents, ${startedFor.length} starts, ${repeats} of them repeated`,
	];
}

function isTagged({ fileName }: StoredDocument): boolean {
	return TAGS.some((tag) => fileName.startsWith(tag));
}

/** It has the document's ID, or says that Sypht may have the document. */
function isAccountedFor({ fileId, error, errorDescription }: Item): boolean {
	return fileId !== undefined || (error !== undefined && /\bmay\b/.test(errorDescription ?? ''));
}
