import { readLocation, type Location } from './boxes';
import { findLabelConfidence, isClassification } from './classification';
import type { SyphtField } from './result';
import { readTables, type TableRow } from './tables';
import { simplifyValue, type Value } from './values';

export interface OutputField extends Location {
	name: string;
	/** Of tables: their rows. */
	value: Value;
	/** The tables in the value, as printed. */
	tables?: TableRow[][];
	/** Texts that stand for amounts and could not be read. */
	unreadAmounts?: string[];
	/** Of a classification: the lowest among the labels that are true. */
	confidence?: number;
}

/** Makes the values of fields easy to use. Amounts stay the texts that they are. */
export function readFields(fields: SyphtField[]): OutputField[] {
	return fields.map(({ name, value, confidence, boundingBox }) => {
		const tables = readTables(value);
		const labelConfidence = isClassification(value) ? findLabelConfidence(value) : undefined;
		return {
			name,
			value: tables?.flat() ?? simplifyValue(value, name),
			tables,
			confidence: labelConfidence ?? confidence,
			...readLocation(boundingBox),
		};
	});
}

/** The tables with rows. `generic.table` repeats what a specific one has, and is then left out. */
export function chooseTables<F extends OutputField>(fields: F[]): F[] {
	const filled = fields.filter(({ tables = [] }) => tables.some((rows) => rows.length > 0));
	const specific = filled.filter(({ name }) => !name.startsWith('generic.'));
	return specific.length > 0 ? specific : filled;
}
