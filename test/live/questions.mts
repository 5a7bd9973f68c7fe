import type { Topic } from './question.mts';
import { CLEAN_UP, COMPANY } from './questions/company.mts';
import { NODES } from './questions/nodes.mts';
import { REFUSALS } from './questions/refusals.mts';
import { RESULTS } from './questions/results.mts';
import { TAGS } from './questions/tags.mts';
import { UPLOADS } from './questions/uploads.mts';

/** All questions, in the order in which they are asked. */
export const TOPICS: Topic[] = [NODES, UPLOADS, RESULTS, TAGS, REFUSALS, COMPANY, CLEAN_UP];
