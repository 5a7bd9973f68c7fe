import type { IPollFunctions } from 'n8n-workflow';
import type { AdaptiveLimit } from '../transport/adaptiveLimit';
import type { PollProblems } from './pollProblems';
import type { StateStore } from './stateStore';

/** What the parts of one poll share. */
export interface Poll {
	context: IPollFunctions;
	store: StateStore;
	problems: PollProblems;
	/** In seconds since 1970. */
	now: number;
	/** In ms since 1970. */
	deadline: number;
	/** How many requests Sypht accepts at once. */
	limit: AdaptiveLimit;
}
