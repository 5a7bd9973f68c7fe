import {
	NodeApiError,
	NodeOperationError,
	type IPollFunctions,
	type WorkflowActivateMode,
} from 'n8n-workflow';

/** How a workflow is activated when someone waits for it. */
const BY_PERSON: WorkflowActivateMode[] = ['activate', 'update', 'create', 'manual'];
/** HTTP statuses that pass by themselves although they blame the request. */
const PASSING_CODES = new Set(['408', '425', '429']);
const PERSON_CAUSES = new Set(['credential-invalid', 'configuration-invalid']);

const polled = new WeakSet<IPollFunctions>();

/**
 * Whether the poll is part of an activation that a person waits for. n8n then shows what is thrown;
 * at any other first poll it would give the trigger up. It makes a context for each activation.
 */
export function isPersonWaiting(context: IPollFunctions): boolean {
	const isFirst = !polled.has(context);
	polled.add(context);
	return isFirst && BY_PERSON.includes(context.getActivationMode());
}

/** Whether an error stays until a person does something, such as entering another secret. */
export function needsPerson(error: unknown): boolean {
	if (error instanceof NodeOperationError) return true;
	if (!(error instanceof NodeApiError)) return false;
	const { httpCode, failure } = error as NodeApiError & { failure?: { cause?: string } };
	if (failure?.cause !== undefined && PERSON_CAUSES.has(failure.cause)) return true;
	return /^4\d\d$/.test(String(httpCode)) && !PASSING_CODES.has(String(httpCode));
}

/** Turns an error into a failed execution, which people see and which starts the error workflow. */
export function report(context: IPollFunctions, error: Error): void {
	context.logger.error(`Sypht Trigger: ${error.message}`);
	context.__emitError(error);
}

export function warn(context: IPollFunctions, text: string): void {
	context.logger.warn(`Sypht Trigger: ${text}`);
}
