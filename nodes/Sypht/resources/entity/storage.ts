import type { IDataObject } from 'n8n-workflow';
import { requiredNameField, requiredObjectField } from '../../fields/field';
import { isObject } from '../../http/isObject';
import { apiPath } from '../../transport/request';
import { toJson } from '../shared/defineOperation';

export const entityTypeField = requiredNameField({
	displayName: 'Entity Type',
	name: 'entityType',
	placeholder: 'e.g. supplier',
	description: 'The type of the entity, as set up for entity matching',
});

export const entityIdField = requiredNameField({
	displayName: 'Entity ID',
	name: 'entityId',
	placeholder: 'e.g. supplier-4711',
	description: 'Your own ID of the entity',
});

export const entityDataField = requiredObjectField({
	displayName: 'Data',
	name: 'data',
	default: '={{ $json }}',
	description: 'The fields of the entity as a flat JSON object; by default those of the input item',
});

/** Escapes types and IDs as the Python client does: a blank becomes "+". */
export function storagePath(companyId: string, ...parts: string[]): string {
	const escaped = parts.map((part) => encodeURIComponent(part).replaceAll('%20', '+'));
	return [apiPath`/storage/${companyId}`, ...escaped].join('/');
}

/** Reads the records of a list, which may be under `entities`. Any other answer is one record. */
export function toRecords(body: unknown): IDataObject[] {
	const { entities } = isObject(body) ? body : {};
	const list = [body, entities].find(Array.isArray) as unknown[] | undefined;
	return (list ?? [body]).map((record) => toJson(record));
}
