/** Whether a value is a JSON object, as opposed to a list, null or a plain value. */
export function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
