import type { IPollFunctions } from 'n8n-workflow';
import type { OutputMode, OutputOptions } from '../results';
import { readReviewThreshold } from '../fields/result';
import { readList, readNumber, toText } from '../fields/values';
import { tagField } from '../fields/tags';
import { findCompanyId } from '../api/company';
import { maxDocumentsOption } from './properties';
import type { TriggerEvent } from './state';

/** The trigger's parameters, read and checked. */
export interface TriggerSettings {
	events: TriggerEvent[];
	tag: string;
	companyId: string;
	output: OutputOptions;
	onlyNew: boolean;
	removesTag: boolean;
	maxDocuments?: number;
}

interface TriggerOptions {
	companyId?: unknown;
	maxDocuments?: unknown;
	onlyNew?: boolean;
	removeTag?: boolean;
	reviewThreshold?: unknown;
}

const EVENTS: Record<string, TriggerEvent[]> = {
	documentCompleted: ['documentCompleted'],
	documentFailed: ['documentFailed'],
	documentCompletedOrFailed: ['documentCompleted', 'documentFailed'],
};

/**
 * Reads the trigger's parameters, and finds the company if they do not name it.
 *
 * @throws NodeOperationError; NodeApiError
 */
export async function readSettings(
	context: IPollFunctions,
	deadline: number,
): Promise<TriggerSettings> {
	const tag = tagField.read(context, context.getNodeParameter('tag'));
	const options = context.getNodeParameter('options', {}) as TriggerOptions;
	return {
		events: EVENTS[String(context.getNodeParameter('triggerOn'))] ?? EVENTS.documentCompleted,
		tag,
		companyId: toText(options.companyId) || (await findCompanyId(context, deadline)),
		output: {
			output: context.getNodeParameter('output', 'simplified') as OutputMode,
			fieldNames: readList(context, context.getNodeParameter('fieldNames', ''), 'Fields'),
			reviewThreshold: readReviewThreshold(context, options.reviewThreshold),
		},
		onlyNew: options.onlyNew ?? false,
		removesTag: options.removeTag ?? false,
		maxDocuments: readNumber(context, options.maxDocuments, maxDocumentsOption),
	};
}
