import type { IDataObject } from 'n8n-workflow';
import { findFreeKey, toSafeKey } from './nesting';
import { asObject, isObject } from './result';

/** A column of a table: what it holds, and its cells from top to bottom. */
interface Column {
	/** As Sypht recognised it, such as `category.unitPrice`. */
	category?: string;
	/** As it is printed in the document. */
	header?: string;
	cells: unknown[];
}

/**
 * Reads the rows of a field with line items; undefined when the value is no table. There are three
 * shapes (docs.sypht.com, "Line items" and "Values", and results in third-party code), told apart
 * by their structure:
 *
 * 1. a list of tables with `cells`, row by row
 * 2. `items` of groups with a `column` list, column by column
 * 3. `items` with `columns`, column by column
 *
 * A row has its cells under the name of their column, as the text that was printed, or null.
 */
export function readRows(value: unknown): IDataObject[] | undefined {
	const tables = readTables(value);
	return tables?.flatMap(toRows);
}

function readTables(value: unknown): Column[][] | undefined {
	if (Array.isArray(value)) {
		return value.length > 0 && value.every(isRowTable) ? value.map(readRowTable) : undefined;
	}
	const { items } = asObject(value);
	if (!Array.isArray(items) || items.length === 0) return undefined;
	if (items.every(isGroupTable)) return items.map(readGroupTable);
	return items.every(isColumnTable) ? items.map(readColumnTable) : undefined;
}

function isRowTable(table: unknown): table is { cells: unknown[][] } {
	const { cells } = asObject(table);
	return Array.isArray(cells) && cells.every(Array.isArray);
}

function readRowTable({ cells, ...table }: { cells: unknown[][] } & IDataObject): Column[] {
	const types = asArray(table.types);
	const headers = asArray(table.headers);
	const width = Math.max(types.length, headers.length, ...cells.map((row) => row.length));
	return Array.from({ length: width }, (_, column) => ({
		category: asText(asObject(types[column]).type),
		header: readText(headers[column]),
		cells: cells.map((row) => row[column]),
	}));
}

function isGroupTable(table: unknown): boolean {
	return Array.isArray(asObject(asObject(asObject(table).components).column).items);
}

function readGroupTable(table: unknown): Column[] {
	const { items } = asObject(asObject(asObject(table).components).column);
	return asArray(items).map((column) => {
		const { label, value, category } = asObject(asObject(column).components);
		return {
			category: asText(asObject(category).value),
			header: readText(label),
			cells: asArray(asObject(value).items),
		};
	});
}

function isColumnTable(table: unknown): boolean {
	return Array.isArray(asObject(table).columns);
}

function readColumnTable(table: unknown): Column[] {
	return asArray(asObject(table).columns).map((column) => {
		const { category, header, label, cells } = asObject(column);
		return {
			category: asText(category),
			header: readText(header) ?? readText(label),
			cells: asArray(cells),
		};
	});
}

function toRows(columns: Column[]): IDataObject[] {
	const keys = nameColumns(columns);
	const height = Math.max(0, ...columns.map(({ cells }) => cells.length));
	return Array.from({ length: height }, (_, row) =>
		Object.fromEntries(columns.map(({ cells }, n) => [keys[n], readText(cells[row]) ?? null])),
	).filter((row) => Object.values(row).some((text) => text !== null));
}

function nameColumns(columns: Column[]): string[] {
	const names: IDataObject = {};
	columns.forEach(({ category, header }, n) => {
		const kind = category?.split('.').pop();
		const isKnown = kind !== undefined && kind !== '' && kind !== 'other';
		const name = isKnown ? toLowerCamel(kind) : header?.replace(/\s+/g, ' ') || `column_${n + 1}`;
		names[findFreeKey(names, toSafeKey(name))] = true;
	});
	return Object.keys(names);
}

function toLowerCamel(name: string): string {
	return name === name.toUpperCase() ? name.toLowerCase() : name[0].toLowerCase() + name.slice(1);
}

/** The text of a cell or label; undefined when it has none. */
function readText(cell: unknown): string | undefined {
	const text = isObject(cell) ? cell.text : cell;
	if (typeof text === 'number' || typeof text === 'boolean') return String(text);
	return typeof text === 'string' && text.trim() !== '' ? text : undefined;
}

function asText(value: unknown): string | undefined {
	return typeof value === 'string' ? value : undefined;
}

function asArray(value: unknown): unknown[] {
	return Array.isArray(value) ? value : [];
}
