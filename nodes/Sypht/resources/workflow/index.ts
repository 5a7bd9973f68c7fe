import { invokeWorkflow } from './invoke';
import { runWorkflow } from './run';

export const workflow = [invokeWorkflow, runWorkflow];
