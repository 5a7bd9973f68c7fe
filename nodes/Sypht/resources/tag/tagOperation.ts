import type {
	GenericValue,
	IDataObject,
	IExecuteFunctions,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';
import { Limit } from '../../transport/limit';
import { requestSypht, type SyphtRequest } from '../../transport/request';
import { showFor, type Operation } from '../shared/parameters';
import { runDocuments } from '../shared/runDocuments';
import { readCompanyId, tagOptions } from './fields';

/** How many items are worked on at the same time. */
const CONCURRENCY = 5;

interface TagOperation {
	option: INodePropertyOptions & { value: string };
	properties: INodeProperties[];
	/** Reads an item's parameters; gives what to do with them once the company is known. */
	plan(
		context: IExecuteFunctions,
		itemIndex: number,
	): (companyId: string) => Promise<IDataObject[]>;
}

/** What all operations on tags share: a company, and a run for each item. */
export function tagOperation({ option, properties, plan }: TagOperation): Operation {
	return {
		option,
		properties: showFor('tag', option.value, [...properties, tagOptions]),
		async execute(context) {
			const limit = new Limit(CONCURRENCY);
			return await runDocuments(
				context,
				(itemIndex) => [plan(context, itemIndex)],
				async (act, { itemIndex }) =>
					await limit.run(async () => await act(await readCompanyId(context, itemIndex))),
			);
		},
	};
}

/** Sends a request and passes its answer on. */
export async function sendAndPassOn(
	context: IExecuteFunctions,
	request: SyphtRequest,
): Promise<IDataObject> {
	return passOn((await requestSypht(context, request)).body);
}

/** No source documents the answers, so they become output as they are. */
export function passOn(body: unknown): IDataObject {
	if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as IDataObject;
	return body === '' || body === undefined ? { success: true } : { data: body as GenericValue };
}
