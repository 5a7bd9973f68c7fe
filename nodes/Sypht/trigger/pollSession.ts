import type { IPollFunctions } from 'n8n-workflow';
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
}
