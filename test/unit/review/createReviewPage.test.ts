import { createHash } from 'node:crypto';
import { createReviewPage } from '../../../nodes/Sypht/review/createReviewPage';
import type { ReviewDocument, ReviewPageOptions } from '../../../nodes/Sypht/review/types';
import { field, PAGE, readPage, reviewDocument, withClass, withTag } from './support.mts';

const SUBMIT_URL = 'https://n8n.example/webhook-waiting/7?signature=a&b=%22';

function render(document: Partial<ReviewDocument> = {}, options: Partial<ReviewPageOptions> = {}) {
	return readPage(createReviewPage(reviewDocument(document), { title: 'bill.pdf', ...options }));
}

function namesOf(elements: ReturnType<typeof readPage>) {
	return withClass(elements, 'value').map(({ attributes }) => attributes.name);
}

it('lists the fields to review first, each group in its own order', () => {
	const elements = render(
		{
			fields: [
				field({ name: 'a' }),
				field({ name: 'b', isDoubtful: true }),
				field({ name: 'c' }),
				field({ name: 'd', isDoubtful: true }),
			],
		},
		{ submitUrl: SUBMIT_URL },
	);
	expect(namesOf(elements)).toEqual(['b', 'd', 'a', 'c']);
	expect(withTag(elements, 'h2').map(({ text }) => text)).toEqual([
		'To review 2',
		'Other fields 2',
	]);
});

it('shows name, value and confidence of a field', () => {
	const elements = render({ fields: [field({ confidence: 0.899 })] });
	expect(withTag(elements, 'label')[0]).toMatchObject({ text: 'Invoice total' });
	expect(withClass(elements, 'value')[0].attributes.value).toBe('310.00');
	expect(withClass(elements, 'rating')[0].text).toBe('89% confidence');
});

it('a field without a confidence says so', () => {
	const elements = render({ fields: [field({ confidence: undefined, isDoubtful: true })] });
	expect(withClass(elements, 'rating')[0].text).toBe('not rated confidence, to review');
});

it('a field and its box carry the same index', () => {
	const elements = render({
		fields: [field({ name: 'sure' }), field({ name: 'unsure', isDoubtful: true })],
	});
	const indexes = (name: string) =>
		withClass(elements, name).map(({ attributes }) => attributes['data-field']);
	expect(indexes('field')).toEqual(['0', '1']);
	expect(indexes('box')).toEqual(['1', '0']);
	expect(withClass(elements, 'box')[1].text).toBe('Unsure, 97% confidence, to review');
});

it('a field to review shows how it is printed, cut out of the page image', () => {
	const elements = render({ fields: [field({ isDoubtful: true }), field()] });
	expect(withClass(elements, 'clipping')).toHaveLength(1);
	expect(withTag(elements, 'use')[0].attributes.href).toBe('#page-1');
	expect(withTag(elements, 'image')[0].attributes.id).toBe('page-1');
});

it('a clipping stays inside the page', () => {
	const box = { left: 0.97, top: 0.98, width: 0.02, height: 0.01 };
	const elements = render({ fields: [field({ isDoubtful: true, box })] });
	const [x, y, width, height] = withClass(elements, 'clipping')[0]
		.attributes.viewBox.split(' ')
		.map(Number);
	expect(x + width).toBeLessThanOrEqual(1000);
	expect(y + height).toBeLessThanOrEqual(500);
});

it.each([
	['of a page that is left out', { page: 2 }],
	['without a box', { box: undefined }],
	['with a box that has no size', { box: { left: 0.5, top: 0.5, width: NaN, height: 0.1 } }],
])('a field %s has no box and no clipping', (_, changes) => {
	const elements = render({ fields: [field({ isDoubtful: true, ...changes })] });
	expect(withClass(elements, 'box')).toEqual([]);
	expect(withClass(elements, 'clipping')).toEqual([]);
	expect(withClass(elements, 'value')).toHaveLength(1);
});

it('says on which page a field is once there is more than the first', () => {
	const onOne = render({ fields: [field()] });
	const onTwo = render({ fields: [field(), field({ page: 2 })] });
	expect(withClass(onOne, 'page')).toEqual([]);
	expect(withClass(onTwo, 'page').map(({ text }) => text)).toEqual(['page 1', 'page 2']);
});

it('says which pages are left out, and why', () => {
	const omittedPages = [
		{ numbers: [2], reason: 'Sypht has no image of it' },
		{ numbers: [4, 5, 6, 9], reason: 'no field to review is on them' },
	];
	expect(withClass(render({ omittedPages }), 'note').map(({ text }) => text)).toEqual([
		'Page 2 is not shown: Sypht has no image of it.',
		'Pages 4–6, 9 are not shown: no field to review is on them.',
	]);
});

it('says that there are no page images', () => {
	expect(withClass(render({ pages: [] }), 'note')[0].text).toBe('There are no page images.');
});

it('shows an image of an unknown type, and stretches it to the shape that the boxes fit', () => {
	const base64 = Buffer.from('no image').toString('base64');
	const [image] = withTag(render({ pages: [{ ...PAGE, base64 }] }), 'image');
	expect(image.attributes).toMatchObject({ width: '1000', height: '1414' });
});

it('shows line items as a table, with the amounts aligned', () => {
	const table = {
		name: 'invoice.lineitems',
		columns: ['description', 'unitPrice'],
		rows: [['Paper A4, 5 reams', '1.234,50 EUR'], ['Postage']],
	};
	const elements = render({ tables: [table] });
	expect(withTag(elements, 'th').map(({ text }) => text)).toEqual(['Description', 'Unit price']);
	expect(withTag(elements, 'td').map(({ text }) => text)).toEqual([
		'Paper A4, 5 reams',
		'1.234,50 EUR',
		'Postage',
		'',
	]);
	expect(withClass(elements, 'amount').map(({ text }) => text)).toEqual([
		'Unit price',
		'1.234,50 EUR',
		'',
	]);
});

it('says how many fields there are to review, and the threshold', () => {
	const elements = render({ fields: [field({ isDoubtful: true }), field()] }, { threshold: 0.8 });
	expect(withTag(elements, 'p')[0].text).toBe(
		'1 of 2 fields to review (threshold 80%) File ID file-1',
	);
});

describe('without a submit URL', () => {
	it('nothing can be edited or sent', () => {
		const elements = render({ fields: [field({ isDoubtful: true })] });
		expect(withTag(elements, 'form')).toEqual([]);
		expect(withClass(elements, 'decisions')).toEqual([]);
		expect(withClass(elements, 'value')[0].attributes).toHaveProperty('readonly');
		expect(policyOf(elements)).toContain("form-action 'none'");
	});

	it('a document without doubt has no actions', () => {
		expect(withClass(render(), 'actions')).toEqual([]);
	});
});

describe('with a submit URL', () => {
	const options = { submitUrl: SUBMIT_URL };

	it('posts the values under the names of Sypht, and the decision', () => {
		const elements = render({}, options);
		const [form] = withTag(elements, 'form');
		expect(form.attributes).toMatchObject({ method: 'post', action: SUBMIT_URL });
		expect(namesOf(elements)).toEqual(['invoice.total']);
		const buttons = withTag(elements, 'button').filter(({ attributes }) => attributes.name);
		expect(buttons.map(({ attributes: { name, value } }) => [name, value])).toEqual([
			['decision', 'reject'],
			['decision', 'approve'],
		]);
	});

	it('Enter does not send the form: its first submit button is disabled', () => {
		const [first] = withTag(render({}, options), 'button').filter(
			({ attributes }) => attributes.type !== 'button',
		);
		expect(first.attributes).toEqual({ disabled: '', hidden: '' });
	});

	it('a field that is called like the decision is not sent', () => {
		const elements = render({ fields: [field({ name: 'decision', value: 'approve' })] }, options);
		expect(namesOf(elements)).toEqual([undefined]);
	});

	it('a long value, or one of several lines, keeps all of its characters', () => {
		const values = ['\n1 High Street\nSydney', 'a'.repeat(23)];
		const elements = render({ fields: values.map((value) => field({ value })) }, options);
		expect(withTag(elements, 'textarea').map(({ text }) => text)).toEqual(values);
	});

	it.each(['javascript:alert(1)', 'data:text/html,x', 'ftp://n8n.example', '/webhook/7', ''])(
		'refuses %j',
		(submitUrl) => {
			expect(() => render({}, { submitUrl })).toThrow(
				'The submit URL has to begin with http:// or https://',
			);
		},
	);

	it.each([
		['https://n8n.example/webhook/7?signature=a', 'https://n8n.example'],
		['http://127.0.0.1:5678/form', 'http://127.0.0.1:5678'],
		['http://[::1]:5678/form', 'http:'],
		['https://a;script-src/x', 'https:'],
		['https://*/x', 'https:'],
	])('the policy lets %s be posted to', (submitUrl, source) => {
		expect(policyOf(render({}, { submitUrl }))).toContain(`form-action ${source};`);
	});
});

it('the policy allows nothing but the images, the styles and the script of the page', () => {
	const elements = render();
	const hash = (tag: string) =>
		createHash('sha256').update(withTag(elements, tag)[0].text).digest('base64');
	expect(policyOf(elements).split('; ')).toEqual([
		"default-src 'none'",
		'img-src data:',
		`style-src 'sha256-${hash('style')}'`,
		`script-src 'sha256-${hash('script')}'`,
		"form-action 'none'",
		"base-uri 'none'",
	]);
});

function policyOf(elements: ReturnType<typeof readPage>): string {
	const policies = elements.filter(
		({ attributes }) => attributes['http-equiv'] === 'Content-Security-Policy',
	);
	return policies[0].attributes.content;
}
