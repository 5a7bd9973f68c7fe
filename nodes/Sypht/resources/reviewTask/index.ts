import { createTask } from './create';
import { getTaskTags } from './getTags';
import { updateTaskTags } from './updateTags';

export const reviewTask = [createTask, getTaskTags, updateTaskTags];
