import { NodeOperationError } from 'n8n-workflow';
import type { NodeContext } from './values';

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
		const { message } = error as SyntaxError;
		throw new NodeOperationError(
			context.getNode(),
			`${displayName} is not valid JSON${locate(value, message)}`,
			{ description: `${message}.` },
		);
	}
}

/** JavaScript says the position for most mistakes, and for a text that ends too early. */
function locate(text: string, message: string): string {
	const found = /position (\d+)/.exec(message)?.[1];
	if (found === undefined && !message.includes('end of JSON')) return '';
	const lines = text.slice(0, Number(found ?? text.length)).split('\n');
	return `: look at line ${lines.length}, column ${lines[lines.length - 1].length + 1}`;
}
