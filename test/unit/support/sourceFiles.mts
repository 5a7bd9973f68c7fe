import path from 'node:path';
import ts from 'typescript';
import { listProjectFiles, readProjectFile } from './projectFiles.mts';

/** The paths of all source files of the package, from the project's folder. */
export const sourceFiles = ['nodes/Sypht', 'credentials'].flatMap((folder) =>
	listProjectFiles(folder)
		.filter((file) => file.endsWith('.ts'))
		.map((file) => `${folder}/${file}`),
);

export interface Import {
	target: string;
	/** Whether it imports nothing but types. */
	isTypeOnly: boolean;
}

/** All that a file imports or re-exports from the package, `import('…')` included. */
export function listImports(file: string): Import[] {
	const found: Import[] = [];
	const add = (specifier: ts.Node | undefined, isTypeOnly: boolean) => {
		if (!specifier || !ts.isStringLiteral(specifier) || !specifier.text.startsWith('.')) return;
		found.push({ target: resolve(file, specifier.text), isTypeOnly });
	};
	visit(parse(file), (node) => {
		if (ts.isImportDeclaration(node)) {
			add(node.moduleSpecifier, node.importClause?.isTypeOnly ?? false);
		} else if (ts.isExportDeclaration(node)) {
			add(node.moduleSpecifier, node.isTypeOnly);
		} else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
			add(node.argument.literal, true);
		} else if (ts.isCallExpression(node) && isImport(node)) {
			add(node.arguments[0], false);
		}
	});
	return found;
}

/** All texts in a file: string literals and the fixed parts of templates. */
export function listTexts(file: string): string[] {
	const texts: string[] = [];
	visit(parse(file), (node) => {
		if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node)) texts.push(node.text);
		else if (ts.isTemplateMiddleOrTemplateTail(node)) texts.push(node.text);
	});
	return texts;
}

function isImport({ expression }: ts.CallExpression): boolean {
	const isRequire = ts.isIdentifier(expression) && expression.text === 'require';
	return isRequire || expression.kind === ts.SyntaxKind.ImportKeyword;
}

function resolve(file: string, specifier: string): string {
	const target = path.posix.join(path.posix.dirname(file), specifier);
	const candidates = [target, `${target}.ts`, `${target}/index.ts`];
	const found = candidates.find((name) => sourceFiles.includes(name));
	if (!found) throw new Error(`${file} imports ${specifier}, which was not found`);
	return found;
}

function parse(file: string): ts.SourceFile {
	return ts.createSourceFile(file, readProjectFile(file), ts.ScriptTarget.Latest);
}

function visit(node: ts.Node, see: (node: ts.Node) => void): void {
	see(node);
	ts.forEachChild(node, (child) => visit(child, see));
}
