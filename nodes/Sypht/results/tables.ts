import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../http/isObject';
import { addProperty, asObject } from './objects';

export type TableRow = Record<string, string | null>;

/**
 * A column: the category that Sypht recognised, such as `category.unitPrice`, and the printed header. Either
 * can be missing.
 */
type Column = Record<'category' | 'header', unknown>;

/**
 * Reads the tables of a field with line items; undefined when the value is not one. There are three
 * shapes (docs.sypht.com, "Line items" and "Values", and results in third-party code), told apart
 * by their structure:
 *
 * 1. a list of tables with `cells`, row by row
 * 2. `items` of groups with a `column` list, column by column
 * 3. `items` with `columns`, column by column
 *
 * @returns the rows of each table. A row has its cells under the name of their column, as the text
 *   that was printed, or null. A row that is shorter than others lacks the cells it does not have.
 */
export function readTables(value: unknown): TableRow[][] | undefined {
	if (Array.isArray(value)) return readEach(value, readRowTable);
	const { items } = asObject(value);
	if (!Array.isArray(items)) return undefined;
	return readEach(items, readGroupTable) ?? readEach(items, readColumnTable);
}

export function readRows(value: unknown): TableRow[] | undefined {
	return readTables(value)?.flat();
}

/** Reads tables of one shape; undefined when one of them has another shape, or there are none. */
function readEach(
	tables: unknown[],
	readTable: (table: unknown) => TableRow[] | undefined,
): TableRow[][] | undefined {
	const read = tables.map(readTable).filter((table) => table !== undefined);
	return read.length > 0 && read.length === tables.length ? read : undefined;
}

function readRowTable(table: unknown): TableRow[] | undefined {
	const { cells: rows, types, headers } = asObject(table);
	if (!isGrid(rows)) return undefined;
	const width = rows.reduce((widest, row) => Math.max(widest, row.length), 0);
	const columns = Array.from({ length: width }, (_, column) => ({
		category: asObject(asArray(types)[column]).type,
		header: asArray(headers)[column],
	}));
	return toRows(columns, rows);
}

function readGroupTable(table: unknown): TableRow[] | undefined {
	const groups = findIn(table, 'components', 'column', 'items');
	if (!Array.isArray(groups)) return undefined;
	return readColumns(
		groups.map((group) => ({
			category: findIn(group, 'components', 'category', 'value'),
			header: findIn(group, 'components', 'label'),
			cells: findIn(group, 'components', 'value', 'items'),
		})),
	);
}

function readColumnTable(table: unknown): TableRow[] | undefined {
	const { columns } = asObject(table);
	if (!Array.isArray(columns)) return undefined;
	return readColumns(
		columns.map(asObject).map(({ category, header, label, cells }) => ({
			category,
			header: readText(header) ?? label,
			cells,
		})),
	);
}

/** What is at the end of a path of keys, if it leads anywhere. */
function findIn(value: unknown, ...path: string[]): unknown {
	return path.reduce((part, key) => asObject(part)[key], value);
}

/** Makes rows of columns, with holes where a column is short. */
function readColumns(columns: Array<Column & { cells: unknown }>): TableRow[] | undefined {
	const grid = columns.map(({ cells }) => cells);
	if (!isGrid(grid)) return undefined;
	const rows: unknown[][] = [];
	grid.forEach((cells, column) => {
		cells.forEach((cell, row) => ((rows[row] ??= [])[column] = cell));
	});
	return toRows(columns, rows);
}

function isGrid(cells: unknown): cells is unknown[][] {
	return Array.isArray(cells) && cells.every(Array.isArray);
}

function toRows(columns: Column[], rows: unknown[][]): TableRow[] {
	const names = nameColumns(columns);
	return rows
		.map((cells) => {
			const row: TableRow = {};
			cells.forEach((cell, column) => (row[names[column]] = readText(cell) ?? null));
			return row;
		})
		.filter((row) => Object.values(row).some((text) => text !== null));
}

function nameColumns(columns: Column[]): string[] {
	const taken: IDataObject = {};
	return columns.map(({ category, header }, n) => {
		const kind = typeof category === 'string' && category.split('.').pop();
		if (kind && kind !== 'other') return addProperty(taken, toLowerCamel(kind), true);
		const name = readText(header)?.replace(/\s+/g, ' ') ?? `column_${n + 1}`;
		return addProperty(taken, name, true);
	});
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

function asArray(value: unknown): unknown[] {
	return Array.isArray(value) ? value : [];
}
