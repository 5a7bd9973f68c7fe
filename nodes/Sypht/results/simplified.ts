import type { IDataObject } from 'n8n-workflow';
import type { OutputField } from './fields';
import { nestFields, toObject } from './nesting';
import { addProperty, omitUndefined } from './objects';
import type { SyphtResult } from './result';
import { simplifyValue } from './values';

/**
 * Makes the object of a document: what most workflows use comes first. Properties of the answer
 * that are not known follow at the end, none in place of another.
 */
export function simplify(
	{ pageCount, fileId, status, finalisedAt, others, unrecognised }: SyphtResult,
	fields: OutputField[],
	review: { review?: IDataObject },
	origin: IDataObject,
): IDataObject {
	const tree = nestFields(moveTypeToEnd(fields));
	const output: IDataObject = {
		...origin,
		fields: toObject(tree, ({ value }) => value),
		...review,
		...omitUndefined({ pageCount }),
		confidence: toObject(tree, ({ confidence }) => confidence),
		...omitUndefined({ fileId, status, finalisedAt }),
	};
	for (const [key, value] of others) addProperty(output, key, simplifyValue(value, key));
	if (unrecognised.length > 0) addProperty(output, 'unrecognised', simplifyValue(unrecognised, ''));
	return output;
}

/** The labels of `document.type` are the least telling of its group. */
function moveTypeToEnd(fields: OutputField[]): OutputField[] {
	const isType = ({ name }: OutputField) => name === 'document.type';
	return [...fields.filter((field) => !isType(field)), ...fields.filter(isType)];
}
