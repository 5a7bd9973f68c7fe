import { NodeOperationError, type INodeExecutionData, type IPollFunctions } from 'n8n-workflow';
import { readTaggedDocuments } from '../api/tags';
import { AdaptiveLimit } from '../transport/adaptiveLimit';
import { isNotFound, keepOwnMessage } from '../transport/errors';
import { checkDocuments } from './checkDocuments';
import { toItems } from './outputs';
import { readSettings } from './settings';
import { isFinished } from './state';

/** A person waits for it. */
const MAX_SAMPLE_MS = 36_000;
const MAX_CHECKS = 50;
/** One is enough, but documents are checked several at a time. */
const MAX_FINISHED = 10;

/**
 * Returns one finished document of the tag for a test in the editor, or throws that there is none
 * yet. Nothing is remembered.
 */
export async function pollSample(context: IPollFunctions): Promise<INodeExecutionData[]> {
	const deadline = Date.now() + MAX_SAMPLE_MS;
	const { companyId, tag, wanted, output } = await readSettings(context, deadline);
	const listing = await readTaggedDocuments(context, companyId, tag, { deadline }).catch((error) =>
		isNotFound(error) ? undefined : Promise.reject(error as Error),
	);
	const fileIds = listing?.fileIds ?? [];
	const checked = await checkDocuments(context, fileIds.slice(0, MAX_CHECKS), {
		limit: new AdaptiveLimit(),
		deadline,
		wanted,
		maxFinished: MAX_FINISHED,
	});
	const sample = checked.filter(isFinished).find(({ is }) => wanted.includes(is));
	if (sample) return toItems(sample, output);
	const failing = checked.find((document) => document.is === 'failing');
	if (failing) return await Promise.reject(failing.error);
	const place = listing
		? `${fileIds.length} documents have the tag`
		: 'The tag does not exist in Sypht yet';
	throw keepOwnMessage(
		new NodeOperationError(context.getNode(), `The tag "${tag}" has no finished document yet`, {
			description: `${place}. Upload a document with this tag (Upload Document, Additional Fields, Tags), wait until it has been processed, then test again.`,
		}),
	);
}
