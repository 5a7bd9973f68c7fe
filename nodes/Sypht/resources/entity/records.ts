import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../http/isObject';
import { toJson } from '../shared/defineOperation';

/** Reads the records of a list, which may be under `entities`. Any other answer is one record. */
export function toRecords(body: unknown): IDataObject[] {
	const { entities } = isObject(body) ? body : {};
	const list = [body, entities].find(Array.isArray) as unknown[] | undefined;
	return (list ?? [body]).map((record) => toJson(record));
}
