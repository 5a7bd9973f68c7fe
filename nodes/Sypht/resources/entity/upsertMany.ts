import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { findCompanyId } from '../../api/company';
import { Limit } from '../../transport/limit';
import { apiPath, requestSypht } from '../../transport/request';
import { companyIdOption } from '../../fields/common';
import { passOn, readValues, toCollection } from '../shared/defineOperation';
import type { Operation } from '../../fields/values';
import { runItems } from '../shared/runItems';
import { entityDataField, entityIdField, entityTypeField } from './fields';

/** Entities that go in one request. */
interface Batch {
	companyId: string;
	entityType: string;
	entities: Array<{ entity_id: string; data: IDataObject }>;
	itemIndexes: number[];
	/** What the service answers, once it is asked. */
	answer?: Promise<IDataObject>;
}

/** As many as the Python client sends at once. */
const BATCH_SIZE = 1000;

const fields = [entityTypeField, entityIdField, entityDataField] as const;
const options = [companyIdOption] as const;

export const upsertEntities: Operation = {
	option: {
		name: 'Create or Update Many',
		value: 'upsertMany',
		action: 'Create or update many entities',
		description: 'Make or replace the entities of all input items, 1,000 in a request',
	},

	properties: [...fields.map(({ property }) => property), ...toCollection(options)],

	/** Gives an item for each request, since no source tells what is in an answer. */
	async execute(context) {
		const oneAfterTheOther = new Limit(1);
		const open = new Map<string, Batch>();
		return await runItems(
			context,
			(itemIndex) => [addToBatch(context, itemIndex, open)],
			async (batch, { itemIndex, signal }) => {
				batch.answer ??= oneAfterTheOther.run(async () => await sendBatch(context, batch, signal));
				const json = await batch.answer;
				if (itemIndex !== batch.itemIndexes[0]) return [];
				return [{ json, pairedItem: batch.itemIndexes.map((item) => ({ item })) }];
			},
		);
	},
};

function addToBatch(
	context: IExecuteFunctions,
	itemIndex: number,
	open: Map<string, Batch>,
): Batch {
	const { companyId, entityType, entityId, data } = readValues(context, itemIndex, fields, options);
	const key = JSON.stringify([companyId, entityType]);
	let batch = open.get(key);
	if (!batch || batch.entities.length === BATCH_SIZE) {
		batch = { companyId, entityType, entities: [], itemIndexes: [] };
		open.set(key, batch);
	}
	batch.entities.push({ entity_id: entityId, data });
	batch.itemIndexes.push(itemIndex);
	return batch;
}

async function sendBatch(
	context: IExecuteFunctions,
	{ companyId, entityType, entities }: Batch,
	signal: AbortSignal,
): Promise<IDataObject> {
	const company = companyId || (await findCompanyId(context));
	const { body } = await requestSypht(context, {
		method: 'POST',
		path: apiPath`/storage/${company}/bulkentity/${entityType}/`,
		body: entities,
		task: `take ${entities.length} entities`,
		repeat: 'always',
		signal,
	});
	return passOn(body);
}
