import { isObject } from '../http/isObject';

/** The labels of a field, each with whether it is true (docs.sypht.com, "Classification"). */
export type Classification = Record<string, { value: boolean; confidence?: number | null }>;

/**
 * Labels that exclude each other share a confidence of 1; where each is judged by itself, the
 * confidence of a false one says how surely it is false, so together they have more.
 */
const MAX_SHARED_CONFIDENCE = 1.2;

export function isClassification(value: unknown): value is Classification {
	const labels = isObject(value) ? Object.values(value) : [];
	return labels.length > 0 && labels.every(isLabel);
}

/**
 * The label that is true; a list where several can be.
 *
 * @param name the field's name, with which its labels may begin
 */
export function chooseLabels(labels: Classification, name: string): string | string[] | null {
	const entries = Object.entries(labels);
	const chosen = entries
		.filter(([, { value }]) => value)
		.map(([label]) => (label.startsWith(`${name}.`) ? label.slice(name.length + 1) : label));
	const together = entries.reduce((sum, [, { confidence }]) => sum + (confidence ?? 0), 0);
	const isMultiLabel = chosen.length > 1 || together > MAX_SHARED_CONFIDENCE;
	return isMultiLabel ? chosen : (chosen[0] ?? null);
}

/**
 * The lowest confidence of the labels that are true; undefined when there is none. The confidence
 * of the whole field can be the product over all labels (0.9245817533 for the seven of a real
 * `document.type`), which says little about the label that was chosen.
 */
export function findLabelConfidence(labels: Classification): number | undefined {
	const confidences = Object.values(labels)
		.filter(({ value }) => value)
		.map(({ confidence }) => confidence)
		.filter((confidence) => typeof confidence === 'number');
	return confidences.length > 0 ? Math.min(...confidences) : undefined;
}

function isLabel(label: unknown): boolean {
	return (
		isObject(label) &&
		typeof label.value === 'boolean' &&
		['number', 'undefined'].includes(typeof (label.confidence ?? undefined)) &&
		Object.keys(label).every((key) => key === 'value' || key === 'confidence')
	);
}
