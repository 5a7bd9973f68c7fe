import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../http/isObject';
import { apiPath } from '../../transport/request';
import { toJson } from '../shared/defineOperation';

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
