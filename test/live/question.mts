import type { Evidence } from './evidence.mts';
import type { Session } from './session.mts';

/** Something about the service that no public source says, or that is only inferred. */
export interface Question {
	mark: 'unknown' | 'inferred';
	question: string;
	/** What this package does until the answer is known. */
	assumed: string;
	/** The answer, from the requests of the nodes; undefined if the run did not see it. */
	answer?: (evidence: Evidence) => string | false | undefined;
	/** The answer, from separate requests. A question with neither is not asked. */
	ask?: (session: Session) => Promise<string | undefined>;
	/** How many documents the question uploads for extraction. */
	documents?: number;
	/** How many files it uploads that the service should refuse, but may accept and charge for. */
	doubtfulFiles?: number;
}

/** Questions about one topic. They are asked in order, each after the one before. */
export interface Topic {
	title: string;
	questions: Question[];
}
