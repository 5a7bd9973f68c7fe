import { deleteEntity } from './delete';
import { getEntity } from './get';
import { getEntities } from './getAll';
import { getEntitiesByIds } from './getByIds';
import { searchEntities } from './search';
import { upsertEntity } from './upsert';
import { upsertEntities } from './upsertMany';

export const entity = [
	deleteEntity,
	getEntities,
	getEntitiesByIds,
	getEntity,
	searchEntities,
	upsertEntities,
	upsertEntity,
];
