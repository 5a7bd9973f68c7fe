import { getEntities, getEntitiesByIds, searchEntities } from './find';
import { deleteEntity, getEntity, upsertEntity } from './one';
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
