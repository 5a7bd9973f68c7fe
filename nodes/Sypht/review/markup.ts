/** Text that is HTML or SVG already, so that it is not escaped again. */
export class Markup extends String {}

type Part = string | number | false | undefined | Markup | Markup[];

/**
 * Template tag for HTML and SVG. Everything that is inserted is escaped, unless it is markup itself;
 * `false` and `undefined` insert nothing. Insert only into text and quoted attributes: the tag does
 * not protect a script, a style or the name of an attribute.
 */
export function markup(strings: TemplateStringsArray, ...parts: Part[]): Markup {
	return new Markup(
		strings.reduce((text, string, index) => text + toMarkup(parts[index - 1]) + string),
	);
}

function toMarkup(part: Part): string {
	if (part === undefined || part === false) return '';
	if (Array.isArray(part)) return part.join('');
	return part instanceof Markup ? String(part) : escape(String(part));
}

const REFERENCES: Record<string, string> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

/** Characters that XML does not allow, not even as references; HTML has no use for them either. */
const ILLEGAL = /[^\P{Cc}\t\n\r]|\p{Cs}|[\ufffe\uffff]/gu;

function escape(text: string): string {
	return text.replace(ILLEGAL, '\ufffd').replace(/[&<>"']/g, (character) => REFERENCES[character]);
}
