import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { it } from 'node:test';
import ts from 'typescript';

const files = globSync('{nodes,credentials}/**/*.ts');
const source = files.map((file) => readFileSync(file, 'utf8')).join('\n');
const page = readFileSync('docs/troubleshooting.md', 'utf8');
const rows = [...page.matchAll(/^\| (.+?) +\|/gm)].map(([, message]) =>
	message.replaceAll('`', ''),
);

/** What makes an error that users see, and the helpers whose first argument is its message. */
const ERRORS = /^(Node|User|TokenExchange|Sypht)\w*Error$/;
const HELPERS = /^(fail|refuse)$/;

it('every message in the code is on the page', () => {
	const messages = files.flatMap(listMessages);
	assert.ok(messages.length > 50, `only ${messages.length} messages were found`);
	const texts = messages.map((text) => text.split(/[.:,;(]/)[0].trim()).filter(isTelling);
	assert.deepEqual(
		[...new Set(texts)].filter((text) => !rows.some((row) => row.includes(text))),
		[],
	);
});

it('every message on the page is in the code', () => {
	const code = source.replaceAll("\\'", "'");
	const unknown = rows.filter((row) =>
		row.split(/…|\(.*\)|: /).some((text) => isTelling(text.trim()) && !code.includes(text.trim())),
	);
	assert.deepEqual(
		unknown.filter((row) => !['Message', '----'].some((start) => row.startsWith(start))),
		[],
	);
});

it('no message speaks of an error, problem, failure or mistake, as n8n asks', () => {
	assert.deepEqual(
		rows.filter((row) => /\b(error|problem|failure|mistake)s?\b/i.test(row)),
		[],
	);
});

/** The fixed parts of the messages that a file throws, descriptions aside. */
function listMessages(file: string): string[] {
	const texts: string[] = [];
	const visit = (node: ts.Node, isMessage: boolean): void => {
		if (ts.isPropertyAssignment(node) && node.name.getText() === 'description') return;
		if (ts.isNewExpression(node)) isMessage ||= ERRORS.test(node.expression.getText());
		if (ts.isCallExpression(node) && HELPERS.test(node.expression.getText())) {
			return visit(node.arguments[0], true);
		}
		if (ts.isVariableDeclaration(node)) isMessage ||= node.name.getText() === 'NETWORK_REASONS';
		if (ts.isTemplateExpression(node)) isMessage ||= /^Could not /.test(node.head.text);
		const isText = ts.isStringLiteralLike(node) || ts.isTemplateLiteralToken(node);
		if (isMessage && isText) texts.push(node.text);
		ts.forEachChild(node, (child) => visit(child, isMessage));
	};
	const text = readFileSync(file, 'utf8');
	visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true), false);
	return texts;
}

/** Whether a text is long enough to be looked for: "number", say, is anywhere. */
function isTelling(text: string): boolean {
	return text.length > 7 && text.includes(' ');
}
