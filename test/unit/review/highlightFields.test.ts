import { highlightFields } from '../../../nodes/Sypht/review/highlightFields';
import { field, PAGE, readSvg, withClass, withTag } from './support.mts';

it('embeds the page image in its own shape', () => {
	const [svg, , , image] = readSvg(highlightFields(PAGE, []));
	expect(svg.attributes.viewBox).toBe('0 0 1000 500');
	expect(image.attributes).toMatchObject({ width: '1000', height: '500' });
	expect(image.attributes.href).toBe(`data:image/png;base64,${PAGE.base64}`);
});

it('draws a box around each field of the page', () => {
	const elements = readSvg(highlightFields(PAGE, [field(), field({ page: 2 })]));
	expect(withClass(elements, 'box')).toHaveLength(1);
	expect(withTag(elements, 'rect')[0].attributes).toMatchObject({
		x: '96',
		y: '96',
		width: '308',
		height: '33',
	});
});

it('a box that reaches beyond the page ends at its edge', () => {
	const box = { left: -1, top: -1, width: 5, height: 5 };
	const elements = readSvg(highlightFields(PAGE, [field({ box })]));
	expect(withTag(elements, 'rect')[0].attributes).toMatchObject({
		x: '0',
		y: '0',
		width: '1000',
		height: '500',
	});
});

it('a field to review can be told apart without colours: broken line and label', () => {
	const elements = readSvg(
		highlightFields(PAGE, [field(), field({ name: 'a.b', confidence: 0.5, isDoubtful: true })]),
	);
	const dashes = withTag(elements, 'rect').map(({ attributes }) => attributes['stroke-dasharray']);
	expect(dashes.filter(Boolean)).toHaveLength(1);
	expect(withTag(elements, 'text').map(({ text }) => text)).toEqual(['A b 50%']);
});

it('no other field at the same place hides a field to review', () => {
	const elements = readSvg(highlightFields(PAGE, [field({ isDoubtful: true }), field()]));
	const boxes = withClass(elements, 'box').map(({ attributes }) => attributes['data-field']);
	expect(boxes).toEqual(['1', '0']);
});

it('says in words what is to be seen', () => {
	const elements = readSvg(highlightFields(PAGE, [field({ isDoubtful: true }), field()]));
	expect(withTag(elements, 'title')[0].text).toBe('Page 1: 2 fields, 1 to review');
	expect(withTag(elements, 'desc')[0].text).toBe(
		'Invoice total, 97% confidence, to review: 310.00\nInvoice total, 97% confidence: 310.00',
	);
});

describe('a label', () => {
	const wide = { left: 0.4, top: 0.5, width: 0.1, height: 0.05 };

	function placeOf(...boxes: Array<typeof wide>) {
		const [doubtful, ...others] = boxes.map((box) => field({ box, confidence: undefined }));
		const svg = highlightFields(PAGE, [{ ...doubtful, isDoubtful: true }, ...others]);
		const { x, y } = withTag(readSvg(svg), 'text')[0].attributes;
		return { x: Number(x), y: Number(y) };
	}

	it('is to the right of its box', () => {
		expect(placeOf(wide)).toEqual({ x: 513, y: 262 });
	});

	it('is above its box when another box is to the right', () => {
		expect(placeOf(wide, { ...wide, left: 0.52 }).y).toBeLessThan(246);
	});

	it('is below its box when there are others to the right and above', () => {
		const above = { ...wide, top: 0.42 };
		expect(placeOf(wide, { ...wide, left: 0.52 }, above).y).toBeGreaterThan(279);
	});

	it('stays on the page, whatever the box covers', () => {
		const { x, y } = placeOf({ left: 0.95, top: 0, width: 0.05, height: 1 });
		expect(x).toBeLessThan(900);
		expect(y).toBeLessThan(500);
	});

	it('of a very long name is cut off', () => {
		const name = 'x'.repeat(200);
		const elements = readSvg(highlightFields(PAGE, [field({ name, isDoubtful: true })]));
		expect(withTag(elements, 'text')[0].text).toBe(`X${'x'.repeat(58)}… 97%`);
	});
});
