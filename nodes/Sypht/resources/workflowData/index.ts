import { deleteWorkflowData } from './delete';
import { getWorkflowData } from './get';
import { upsertWorkflowData } from './upsert';

export const workflowData = [deleteWorkflowData, getWorkflowData, upsertWorkflowData];
