/**
 * What the trigger remembers of a tag, and how a poll changes it. Pure: no I/O, no clock.
 *
 * The model in short. For each document there is one record. It is empty until the document was
 * checked. From then on it says what became of the two events that can happen to a document
 * (completed, failed): nothing yet, emitted, skipped or unwanted. While a document may still change
 * it has a time for the next check (`schedule.ts`).
 *
 * An emitted event is `unconfirmed` until n8n is known to have stored the execution. An event that
 * turns out not to be stored is simply forgotten, so the next check emits it again. That is how a
 * crash or a failing database loses nothing. A record is removed only when its document has been
 * missing from the tag for a day, so that a wrong listing repeats nothing.
 */
import type { IDataObject } from 'n8n-workflow';

/** Seconds, or a time in seconds since 1970. */
export type Seconds = number;

export const HOUR: Seconds = 60 * 60;

/** Attempts at the same thing, at growing intervals. */
export interface Attempts {
	/** The first one. */
	readonly since: Seconds;
	readonly next: Seconds;
}

export type TriggerEvent = 'documentCompleted' | 'documentFailed';

/** What became of an event. */
export type Outcome =
	/** Emitted. `unconfirmed`: the emission's id, until n8n is known to have stored its execution. */
	| { at: Seconds; unconfirmed?: string }
	/** It happened before the trigger started (Only New). */
	| 'skipped'
	/** The trigger was not waiting for it. */
	| 'unwanted';

/** Never changed in place: documents with equal records share one. */
export interface DocumentRecord {
	readonly documentCompleted?: Outcome;
	readonly documentFailed?: Outcome;
	/** The checks of a document that may still change. */
	readonly checks?: Attempts;
	/** Since when every check has failed, and whether that has been reported. */
	readonly failing?: { readonly since: Seconds; readonly isReported?: true };
	/** Had the tag when the trigger started, and has not been checked yet (Only New). */
	readonly isOld?: true;
	/** Not listed any more, since this time. */
	readonly missingSince?: Seconds;
	readonly removals?: Attempts;
	/** When an execution was first found not to be stored. */
	readonly lostSince?: Seconds;
}

/** What a poll goes by. */
export interface PollRules {
	/** What the trigger waits for. */
	wanted: TriggerEvent[];
	/** How long until a document that still has the tag is emitted again; undefined for never. */
	repeatAfter?: Seconds;
	now: Seconds;
}

export interface TriggerState {
	/** The company and tag that all of this is about. */
	queue: string;
	/** When the tag was first listed. */
	startedAt?: Seconds;
	/** When the tag was last listed, to a quarter of an hour. */
	listedAt?: Seconds;
	documents: ReadonlyMap<string, DocumentRecord>;
	problems: Problems;
	/** How many polls emitted something. */
	emissions: number;
}

export type CheckedDocument =
	| FinishedDocument
	| { fileId: string; is: 'pending' }
	/** Its results could not be read, or do not exist. */
	| { fileId: string; is: 'failing'; error: Error; isMissing: boolean };

export interface FinishedDocument {
	fileId: string;
	is: TriggerEvent;
	/** When the results were finalised, as Sypht wrote it; a failed document has no such time. */
	finalisedAt?: string;
	/** What to make the output items of. */
	body: IDataObject;
}

/** What n8n did with an emission; `unknown` is one of another process, before a crash or restart. */
export type EmissionStatus = 'pending' | 'stored' | 'lost' | 'unknown';

/**
 * What can keep going wrong.
 *
 * - `poll`: the settings, the company or the listing can't be read
 * - `tag`: the tag no longer exists
 * - `listing`: the listing says that there is more than can be read
 * - `results`: no result can be found
 * - `removal`: the tag can't be removed from documents
 * - `sharedTag`: another trigger waits for documents that this one removes the tag from
 */
export const PROBLEM_KINDS = ['poll', 'tag', 'listing', 'results', 'removal', 'sharedTag'] as const;
export type ProblemKind = (typeof PROBLEM_KINDS)[number];

export interface Problem {
	since: Seconds;
	/** When it was last reported to a person. */
	reportedAt?: Seconds;
}

export type Problems = Readonly<Partial<Record<ProblemKind, Readonly<Problem>>>>;
