import { readFileSync } from 'node:fs';
import ts from 'typescript';

/** A message that users can get to see, with what it says they can do. */
export interface Message {
	message: string;
	/** Empty where the message says all. */
	advice: string;
}

/** Where errors are made, and which of their arguments hold the texts. */
const ERRORS: Record<string, (args: readonly ts.Expression[]) => Array<ts.Expression | undefined>> =
	{
		NodeOperationError: ([, message, options]) => [
			findProperty(options, 'message') ?? message,
			findProperty(options, 'description'),
		],
		NodeApiError: ([, , options]) => [
			findProperty(options, 'message'),
			findProperty(options, 'description'),
		],
		UserError: ([message]) => [message],
		TokenExchangeError: ([message]) => [message],
	};

/** A value that is known only at run time. */
const GAP = '…';

/** Lists the messages of a source file in the order in which they stand there. */
export function readMessages(file: string): Message[] {
	const source = parse(file);
	const messages: Message[] = [];
	visit(source, (node) => {
		if (!ts.isNewExpression(node) || !ts.isIdentifier(node.expression)) return;
		const [message, advice] = ERRORS[node.expression.text]?.(node.arguments ?? []) ?? [];
		for (const pair of resolvePair(message, advice, node)) messages.push(pair);
	});
	return messages.filter(({ message }) => message !== '' && message !== GAP);
}

/** Reads a table of texts, such as the advice for each HTTP status. */
export function readTable(file: string, name: string): Array<[key: string, text: string]> {
	const table: Array<[string, string]> = [];
	visit(parse(file), (node) => {
		if (!ts.isVariableDeclaration(node) || node.name.getText() !== name) return;
		if (!node.initializer || !ts.isObjectLiteralExpression(node.initializer)) return;
		for (const property of node.initializer.properties) {
			if (!ts.isPropertyAssignment(property)) continue;
			table.push([property.name.getText(), evaluate(property.initializer)[0]]);
		}
	});
	return table;
}

/** A helper such as `fail(message, description)` is followed to where it is called. */
function resolvePair(
	message: ts.Expression | undefined,
	advice: ts.Expression | undefined,
	from: ts.Node,
): Message[] {
	if (!message) return [];
	const helper = findHelper(from);
	const parameters = helper?.parameters.map(({ name }) => name.getText()) ?? [];
	if (helper && ts.isIdentifier(message) && parameters.includes(message.text)) {
		return findCalls(helper).flatMap(({ arguments: args }) => {
			const at = (expression: ts.Expression | undefined) =>
				expression && args[parameters.indexOf(expression.getText())];
			return resolvePair(at(message), at(advice) ?? advice, from.getSourceFile());
		});
	}
	const advices = advice ? evaluate(advice) : [''];
	const texts = evaluate(message);
	return texts.map((text, index) => ({
		message: text,
		advice: toAdvice(advices.length === texts.length ? [advices[index]] : advices),
	}));
}

/** What is known only at run time alone advises nothing. */
function toAdvice(texts: string[]): string {
	return texts.filter((text) => /\w/.test(text)).join(' ');
}

/** The texts that an expression can be, with a gap for what only a run knows. */
function evaluate(expression: ts.Expression): string[] {
	if (ts.isStringLiteralLike(expression)) return [expression.text];
	if (ts.isParenthesizedExpression(expression)) return evaluate(expression.expression);
	if (ts.isConditionalExpression(expression)) {
		return [...evaluate(expression.whenTrue), ...evaluate(expression.whenFalse)];
	}
	if (ts.isTemplateExpression(expression)) {
		const spans = expression.templateSpans.map((span) => fill(span) + span.literal.text);
		return [(expression.head.text + spans.join('')).replaceAll(/…+/g, GAP)];
	}
	const declared = findDeclared(expression);
	return declared.length > 0 ? declared.flatMap(evaluate) : [GAP];
}

/** Constants stand in messages with their values. */
function fill({ expression }: ts.TemplateSpan): string {
	const values = ts.isIdentifier(expression) ? findDeclared(expression) : [];
	const [value] = values;
	if (values.length !== 1) return GAP;
	return ts.isNumericLiteral(value) ? value.text : (evaluate(value)[0] ?? GAP);
}

/** What a constant of the file is, or what a function of the file gives back. */
function findDeclared(expression: ts.Expression): ts.Expression[] {
	const isCall = ts.isCallExpression(expression);
	const name = isCall ? expression.expression.getText() : expression.getText();
	const found: ts.Expression[] = [];
	visit(expression.getSourceFile(), (node) => {
		if (!isCall && ts.isVariableDeclaration(node) && node.name.getText() === name) {
			const isTopLevel = node.parent.parent.parent === node.getSourceFile();
			if (isTopLevel && node.initializer) found.push(node.initializer);
		}
		if (isCall && ts.isFunctionDeclaration(node) && node.name?.text === name) {
			visit(node, (inner) => {
				if (ts.isReturnStatement(inner) && inner.expression) found.push(inner.expression);
			});
		}
	});
	return found;
}

type Helper = ts.ArrowFunction & { parent: ts.VariableDeclaration };

function findHelper(node: ts.Node): Helper | undefined {
	const isHelper = (candidate: ts.Node): candidate is Helper =>
		ts.isArrowFunction(candidate) && ts.isVariableDeclaration(candidate.parent);
	return ts.findAncestor(node, isHelper);
}

function findCalls(helper: Helper): ts.CallExpression[] {
	const calls: ts.CallExpression[] = [];
	visit(helper.getSourceFile(), (node) => {
		if (ts.isCallExpression(node) && node.expression.getText() === helper.parent.name.getText()) {
			calls.push(node);
		}
	});
	return calls;
}

function findProperty(node: ts.Expression | undefined, name: string): ts.Expression | undefined {
	if (!node || !ts.isObjectLiteralExpression(node)) return undefined;
	const property = node.properties.find((candidate) => candidate.name?.getText() === name);
	if (property && ts.isShorthandPropertyAssignment(property)) return property.name;
	return property && ts.isPropertyAssignment(property) ? property.initializer : undefined;
}

function parse(file: string): ts.SourceFile {
	return ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
}

function visit(node: ts.Node, look: (node: ts.Node) => void): void {
	look(node);
	ts.forEachChild(node, (child) => visit(child, look));
}
