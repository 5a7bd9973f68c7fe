import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../http/isObject';
import { asObject, claimKey } from './objects';

export type TableRow = Record<string, string | null>;

/** A table, row by row. Rows may differ in length, and have holes. */
interface Table {
	columns: Column[];
	rows: unknown[][];
}

interface Column {
	/** As Sypht recognised it, such as `category.unitPrice`. */
	category?: string;
	/** As it is printed in the document. */
	header?: string;
}

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
	return parseTables(value)?.map(toRows);
}

export function readRows(value: unknown): TableRow[] | undefined {
	return readTables(value)?.flat();
}

function parseTables(value: unknown): Table[] | undefined {
	if (Array.isArray(value)) return readEach(value, readRowTable);
	const { items } = asObject(value);
	if (!Array.isArray(items)) return undefined;
	return readEach(items, readGroupTable) ?? readEach(items, readColumnTable);
}

/** Reads tables of one shape; undefined when one of them has another shape, or there are none. */
function readEach(
	tables: unknown[],
	readTable: (table: unknown) => Table | undefined,
): Table[] | undefined {
	const read = tables.map(readTable).filter((table) => table !== undefined);
	return read.length > 0 && read.length === tables.length ? read : undefined;
}

function readRowTable(table: unknown): Table | undefined {
	const { cells: rows, types, headers } = asObject(table);
	if (!isGrid(rows)) return undefined;
	const width = rows.reduce((widest, row) => Math.max(widest, row.length), 0);
	const columns = Array.from({ length: width }, (_, column) => ({
		category: asText(asObject(asArray(types)[column]).type),
		header: readText(asArray(headers)[column]),
	}));
	return { columns, rows };
}

function readGroupTable(table: unknown): Table | undefined {
	const groups = findIn(table, 'components', 'column', 'items');
	if (!Array.isArray(groups)) return undefined;
	const cells = groups.map((group) => findIn(group, 'components', 'value', 'items'));
	if (!isGrid(cells)) return undefined;
	const columns = groups.map((group) => ({
		category: asText(findIn(group, 'components', 'category', 'value')),
		header: readText(findIn(group, 'components', 'label')),
	}));
	return { columns, rows: transpose(cells) };
}

function readColumnTable(table: unknown): Table | undefined {
	const { columns } = asObject(table);
	if (!Array.isArray(columns)) return undefined;
	const cells = columns.map((column) => asObject(column).cells);
	if (!isGrid(cells)) return undefined;
	return {
		columns: columns.map(asObject).map(({ category, header, label }) => ({
			category: asText(category),
			header: readText(header) ?? readText(label),
		})),
		rows: transpose(cells),
	};
}

function isGrid(cells: unknown): cells is unknown[][] {
	return Array.isArray(cells) && cells.every(Array.isArray);
}

/** What is at the end of a path of keys, if it leads anywhere. */
function findIn(value: unknown, ...path: string[]): unknown {
	return path.reduce((part, key) => asObject(part)[key], value);
}

/** Makes rows of columns, with holes where a column is short. */
function transpose(columns: unknown[][]): unknown[][] {
	const rows: unknown[][] = [];
	columns.forEach((cells, column) => {
		cells.forEach((cell, row) => ((rows[row] ??= [])[column] = cell));
	});
	return rows;
}

function toRows({ columns, rows }: Table): TableRow[] {
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
		const kind = category?.split('.').pop();
		const isKnown = kind !== undefined && kind !== '' && kind !== 'other';
		const name = isKnown ? toLowerCamel(kind) : header?.replace(/\s+/g, ' ') || `column_${n + 1}`;
		return claimKey(taken, name);
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

function asText(value: unknown): string | undefined {
	return typeof value === 'string' ? value : undefined;
}

function asArray(value: unknown): unknown[] {
	return Array.isArray(value) ? value : [];
}
