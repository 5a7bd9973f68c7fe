/** The parts of Extract Data's simplified output that are printed. */
export interface Extraction {
	fields: Record<string, Record<string, unknown>>;
	confidence: Record<string, Record<string, number>>;
}

/** What Get Results returns for a line of an invoice. */
export type Line = Record<string, unknown>;

/** Prints fields as a table for people: name, value, confidence. */
export function printFields({ fields, confidence }: Extraction): void {
	const rows = Object.entries(fields).flatMap(([group, values]) =>
		Object.entries(values).map(([name, value]) => [
			`${group}.${name}`,
			Array.isArray(value) && typeof value[0] === 'object'
				? `${value.length} lines`
				: String(value),
			confidence[group]?.[name]?.toFixed(2) ?? '',
		]),
	);
	printTable(['Field', 'Value', 'Confidence'], rows);
}

export function printLines(lines: Line[]): void {
	const columns = ['lineNumber', 'description', 'quantity', 'unitPrice', 'total'];
	printTable(
		columns,
		lines.map((line) => columns.map((column) => String(line[column] ?? ''))),
	);
}

function printTable(head: string[], rows: string[][]): void {
	const widths = head.map((title, column) =>
		Math.max(title.length, ...rows.map((row) => row[column].length)),
	);
	for (const row of [head, widths.map((width) => '-'.repeat(width)), ...rows]) {
		const cells = row.map((cell, column) => cell.padEnd(widths[column]));
		process.stdout.write(`  ${cells.join('  ').trimEnd()}\n`);
	}
}
