import * as parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import * as regexp from 'eslint-plugin-regexp';
import { readProjectFile } from './support/projectFiles.mts';
import { sourceFiles } from './support/sourceFiles.mts';

/** Their last alternative matches whatever the others reject, so that no character is read often. */
const EXCEPTIONS = ['nodes/Sypht/results/amountWords.ts', 'nodes/Sypht/results/printedAmount.ts'];

/** The patterns in a file that can take more than linear time. */
function findSlowPatterns(source: string): string[] {
	const rules = {
		'regexp/no-super-linear-backtracking': 'error',
		'regexp/no-super-linear-move': 'error',
	} as const;
	const plugins = { regexp: regexp as never };
	const messages = new Linter().verify(source, {
		plugins,
		rules,
		languageOptions: { parser },
	});
	return messages.map(({ line, message }) => `line ${line}: ${message.slice(0, 200)}`);
}

it.each([
	['that reads the same blanks again and again', String.raw`/\s+$/`],
	['that can divide a text in many ways', String.raw`/^(a+)+$/`],
])('finds a pattern %s', (_title, pattern) => {
	expect(findSlowPatterns(`const pattern: RegExp = ${pattern};`)).toHaveLength(1);
});

it.each(sourceFiles.filter((file) => !EXCEPTIONS.includes(file)))(
	'%s has no pattern that blocks n8n on a long text',
	(file) => {
		expect(findSlowPatterns(readProjectFile(file))).toEqual([]);
	},
);
