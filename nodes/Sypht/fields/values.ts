import {
	jsonParse,
	NodeOperationError,
	type IExecuteFunctions,
	type INodeProperties,
} from 'n8n-workflow';

/** What reading a value needs of n8n. */
export type NodeContext = Pick<IExecuteFunctions, 'getNode' | 'getTimezone'>;

/** A text without blanks around it, whatever an expression returned. */
export function toText(value: unknown): string {
	return String(value ?? '').trim();
}

/** Whether a parameter was left empty; 0 and false are values. */
export function isEmpty(value: unknown): boolean {
	return value === undefined || value === null || value === '';
}

/**
 * Reads a list in any of the ways that users write one: separated by commas, as a JSON array, or as
 * the array that an expression returns. Empty and repeated entries are left out.
 *
 * @throws NodeOperationError when an entry is not text
 */
export function readList(context: NodeContext, value: unknown, displayName: string): string[] {
	const texts = toEntries(value).map((entry) => {
		if (typeof entry === 'string' || typeof entry === 'number') return String(entry).trim();
		const message = `${displayName} must be a list of text values`;
		const description = 'Separate the entries with commas, or use an array of text values.';
		throw new NodeOperationError(context.getNode(), message, { description });
	});
	return [...new Set(texts)].filter((text) => text !== '');
}

function toEntries(value: unknown): unknown[] {
	if (Array.isArray(value)) return value;
	if (typeof value === 'object' && value !== null) return [value];
	const text = toText(value);
	const parts = text.split(',');
	// An ID may begin with a bracket too.
	return text.startsWith('[') ? jsonParse<unknown[]>(text, { fallbackValue: parts }) : parts;
}

/**
 * Reads a number, which an expression may return as text. The property sets its bounds (`minValue`,
 * `maxValue`), and whether it is whole (`numberPrecision` 0).
 *
 * @returns undefined when the parameter is empty
 * @throws NodeOperationError for anything else; a blank must not become 0
 */
export function readNumber(
	context: NodeContext,
	value: unknown,
	{ displayName, typeOptions = {} }: INodeProperties,
): number | undefined {
	if (isEmpty(value)) return undefined;
	const { minValue = -Infinity, maxValue = Infinity, numberPrecision } = typeOptions;
	const isWhole = numberPrecision === 0;
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	const isNumber =
		typeof number === 'number' && (isWhole ? Number.isInteger(number) : Number.isFinite(number));
	if (isNumber && number >= minValue && number <= maxValue) return number;

	const kind = isWhole ? 'whole number' : 'number';
	const message = `${displayName} must be a ${kind}${describeBounds(minValue, maxValue)}`;
	throw new NodeOperationError(context.getNode(), message);
}

function describeBounds(min: number, max: number): string {
	if (Number.isFinite(max)) return ` from ${min} to ${max}`;
	return Number.isFinite(min) ? ` of at least ${min}` : '';
}

/**
 * Reads a JSON parameter: text, or the value that an expression returned.
 *
 * @returns undefined when the parameter is empty
 * @throws NodeOperationError that says where the JSON is wrong, as far as JavaScript knows
 */
export function readJson(context: NodeContext, value: unknown, displayName: string): unknown {
	if (typeof value !== 'string') return value;
	if (value.trim() === '') return undefined;
	try {
		return JSON.parse(value);
	} catch (error) {
		const reason = (error as SyntaxError).message;
		const message = `${displayName} is not valid JSON${locate(value, reason)}`;
		throw new NodeOperationError(context.getNode(), message, { description: `${reason}.` });
	}
}

/** JavaScript says the position for most mistakes, and for a text that ends too early. */
function locate(text: string, message: string): string {
	const found = /position (\d+)/.exec(message)?.[1];
	if (found === undefined && !message.includes('end of JSON')) return '';
	const lines = text.slice(0, Number(found ?? text.length)).split('\n');
	return `: look at line ${lines.length}, column ${lines[lines.length - 1].length + 1}`;
}
