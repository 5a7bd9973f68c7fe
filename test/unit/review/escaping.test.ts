import fc from 'fast-check';
import { createReviewPage } from '../../../nodes/Sypht/review/createReviewPage';
import { highlightFields } from '../../../nodes/Sypht/review/highlightFields';
import type { ReviewDocument } from '../../../nodes/Sypht/review/types';
import { BOX, type Element, PAGE, readPage, readSvg, withClass, withTag } from './support.mts';

const text = fc.oneof(
	fc.string({ unit: 'binary' }),
	fc.string({
		unit: fc.constantFrom('<', '>', '"', "'", '&', '/', '\0', '\r', '\n', '\ud800', 'a'),
	}),
	fc.constantFrom(
		'</textarea><script>alert(1)</script>',
		'"><img src=x onerror=alert(1)>',
		"' onfocus='alert(1)",
		'</title></style></svg><base href=//evil.example>',
		'<!--',
		']]>',
		'&quot;&#x22;',
		'\n\nlines',
	),
);

const reviewField = fc
	.record({ name: text, value: text, isDoubtful: fc.boolean() })
	.map((field) => ({
		...field,
		page: 1,
		box: BOX,
	}));

const content = fc.record({
	title: text,
	fileId: text,
	fields: fc.array(reviewField, { maxLength: 4 }),
	tables: fc.array(
		fc.record({
			name: text,
			columns: fc.tuple(text, text),
			rows: fc.array(fc.tuple(text, text), { maxLength: 3 }),
		}),
		{ maxLength: 2 },
	),
	reason: text,
	mimeType: text,
	path: text,
});

type Content = typeof content extends fc.Arbitrary<infer T> ? T : never;

it('no text of a document gets out of its place in the page', () => {
	fc.assert(
		fc.property(content, (any) => {
			const elements = readPage(createPage(any));
			expect(shapeOf(elements)).toEqual(shapeOf(readPage(createPage(toPlain(any)))));
			expect(
				elements.flatMap(({ attributes }) => Object.keys(attributes)).filter(isActive),
			).toEqual([]);
			expect(withTag(elements, 'h1')[0].text).toBe(legal(any.title));
			expect(withClass(elements, 'value').map(valueOf).sort()).toEqual(
				any.fields.map(({ value }) => legal(value)).sort(),
			);
		}),
	);
});

it('no text of a document gets out of its place in a highlighted image', () => {
	fc.assert(
		fc.property(content, ({ mimeType, fields }) => {
			const page = { ...PAGE, mimeType };
			const elements = readSvg(highlightFields(page, fields));
			const plain = readSvg(highlightFields(PAGE, fields.map(toPlainField)));
			expect(shapeOf(elements)).toEqual(shapeOf(plain));
			expect(
				elements.flatMap(({ attributes }) => Object.keys(attributes)).filter(isActive),
			).toEqual([]);
		}),
	);
});

function createPage({ title, reason, mimeType, path, ...document }: Content): string {
	const rest: Pick<ReviewDocument, 'pages' | 'omittedPages'> = {
		pages: [{ ...PAGE, mimeType }],
		omittedPages: [{ numbers: [2], reason }],
	};
	return createReviewPage(
		{ ...document, ...rest },
		{ title, submitUrl: `https://n8n.example/${path}` },
	);
}

/** The same content with texts that need no escaping. */
function toPlain(any: Content): Content {
	return {
		title: 'x',
		fileId: 'x',
		fields: any.fields.map(toPlainField),
		tables: any.tables.map(({ rows }) => ({
			name: 'x',
			columns: ['x', 'x'],
			rows: rows.map(() => ['x', 'x']),
		})),
		reason: 'x',
		mimeType: 'image/png',
		path: 'x',
	};
}

function toPlainField<T extends object>(field: T) {
	return { ...field, name: 'x', value: 'x' };
}

/** The tags in their order; whether a value is long decides between an input and a text area. */
function shapeOf(elements: Element[]): string[] {
	return elements.map(({ tag }) => (tag === 'textarea' ? 'input' : tag));
}

function isActive(attribute: string): boolean {
	return attribute.startsWith('on') || ['style', 'src', 'srcdoc', 'formaction'].includes(attribute);
}

function valueOf({ tag, text: inner, attributes }: Element): string {
	return tag === 'textarea' ? inner : attributes.value;
}

/** Parsers make one line feed of each kind of line break. */
function legal(any: string): string {
	return any.replace(/\r\n?/g, '\n').replace(/[^\P{Cc}\t\n\r]|\p{Cs}|[\ufffe\uffff]/gu, '\ufffd');
}
