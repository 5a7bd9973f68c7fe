import { type DefaultTreeAdapterTypes, parse, parseFragment } from 'parse5';
import type { ReviewField } from '../../../nodes/Sypht/results/index.ts';
import type { ReviewDocument } from '../../../nodes/Sypht/review/types.ts';
import { makePng } from '../../samples/images.mts';

export const BOX = { left: 0.1, top: 0.2, width: 0.3, height: 0.05 };

/** Eight by four pixels. */
export const PAGE = { number: 1, mimeType: 'image/png', base64: makePng().toString('base64') };

export function field(changes: Partial<ReviewField> = {}): ReviewField {
	const sure = { name: 'invoice.total', value: '310.00', confidence: 0.97, isDoubtful: false };
	return { ...sure, page: 1, box: BOX, ...changes };
}

export function reviewDocument(changes: Partial<ReviewDocument> = {}): ReviewDocument {
	return { fileId: 'file-1', fields: [field()], tables: [], pages: [PAGE], ...changes };
}

export interface Element {
	tag: string;
	attributes: Record<string, string>;
	/** All text inside, however deep. */
	text: string;
}

/** The elements of a page, in order, as a browser reads them. */
export function readPage(html: string): Element[] {
	return collect(parse(html, { onParseError: refuse }));
}

/** The elements of an SVG document, read as part of a page. */
export function readSvg(svg: string): Element[] {
	return collect(parseFragment(svg, { onParseError: refuse }));
}

/** A parse error that a browser forgives can mean that a text was not escaped. */
function refuse({ code }: { code: string }): void {
	if (code !== 'noncharacter-in-input-stream') throw new Error(`The markup has a mistake: ${code}`);
}

function collect(node: DefaultTreeAdapterTypes.Node): Element[] {
	const own = 'tagName' in node ? [describe(node)] : [];
	return [...own, ...childrenOf(node).flatMap(collect)];
}

function describe(element: DefaultTreeAdapterTypes.Element): Element {
	const attributes = element.attrs.map(({ name, value }) => [name, value]);
	return {
		tag: element.tagName,
		attributes: Object.fromEntries(attributes),
		text: textOf(element),
	};
}

function textOf(node: DefaultTreeAdapterTypes.Node): string {
	return 'value' in node ? node.value : childrenOf(node).map(textOf).join('');
}

function childrenOf(node: DefaultTreeAdapterTypes.Node): DefaultTreeAdapterTypes.Node[] {
	return 'childNodes' in node ? node.childNodes : [];
}

export function withClass(elements: Element[], name: string): Element[] {
	return elements.filter(({ attributes }) => attributes.class?.split(' ').includes(name));
}

export function withTag(elements: Element[], tag: string): Element[] {
	return elements.filter((element) => element.tag === tag);
}
