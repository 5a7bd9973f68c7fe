import { deleteRules } from './delete';
import { getRules } from './get';
import { upsertRules } from './upsert';

export const validationRules = [deleteRules, getRules, upsertRules];
