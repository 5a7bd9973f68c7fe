import type { StoredDocument } from '../simulator/documents.mts';

/** An item that Extract Data returned. */
export interface Item {
	fileName?: string;
	fileId?: string;
	fields?: unknown;
	error?: string;
	errorDescription?: string;
}

/** What the soak requested, and the outcome. */
export interface Ledger {
	/** What was returned for each file that was to be extracted, by its name. */
	extracted: Map<string, Item[]>;
	/** The documents that a trigger waits for, and the others. */
	tagged: StoredDocument[];
	untagged: StoredDocument[];
	/** The file IDs that triggers started a workflow for. */
	startedFor: string[];
}

/** The tagged documents that are completed and did not start a workflow. */
export function listMissing({ tagged, startedFor }: Ledger): StoredDocument[] {
	return tagged.filter(
		({ fileId, status }) => status === 'FINALISED' && !startedFor.includes(fileId),
	);
}

/** Describes everything that must not happen. */
export function listMistakes(ledger: Ledger): string[] {
	const { extracted, tagged, untagged, startedFor } = ledger;
	const mistakes = listMissing(ledger).map(({ fileName }) => `${fileName} started no workflow`);
	for (const { fileId, fileName } of tagged) {
		const starts = startedFor.filter((started) => started === fileId).length;
		// A queue may repeat what was not acknowledged.
		if (starts > 1 && !fileName.startsWith('queue')) {
			mistakes.push(`${fileName} started ${starts} workflows`);
		}
	}
	for (const [name, items] of extracted) {
		const uploads = untagged.filter(({ fileName }) => fileName === name).length;
		if (uploads > 1) mistakes.push(`${name} was uploaded ${uploads} times`);
		if (items.length !== 1) mistakes.push(`${name} has ${items.length} results`);
		if (uploads > 0 && !items.every(tellsOfUpload)) {
			mistakes.push(`${name} was uploaded, but its item does not say so: ${JSON.stringify(items)}`);
		}
	}
	return mistakes;
}

/** It has the document's ID, or says that Sypht may have the document. */
function tellsOfUpload({ fileId, errorDescription = '' }: Item): boolean {
	return fileId !== undefined || /\bmay\b/.test(errorDescription);
}

export function summarize({ extracted, tagged, startedFor }: Ledger): string[] {
	const items = [...extracted.values()].flat();
	const results = items.filter(({ fields }) => fields).length;
	const repeats = startedFor.length - new Set(startedFor).size;
	return [
		`Extract Data: ${extracted.size} files, ${results} results, ${items.length - results} errors`,
		`Sypht Trigger: ${tagged.length} documents, ${startedFor.length} starts, ${repeats} repeated`,
	];
}
