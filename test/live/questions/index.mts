import type { Topic } from '../question.mts';
import { CLEAN_UP, COMPANY } from './company.mts';
import { NODES } from './nodes.mts';
import { REFUSALS } from './refusals.mts';
import { RESULTS } from './results.mts';
import { TAGS } from './tags.mts';
import { UPLOADS } from './uploads.mts';

/** All questions, in the order in which they are asked. */
export const TOPICS: Topic[] = [NODES, UPLOADS, RESULTS, TAGS, REFUSALS, COMPANY, CLEAN_UP];
