import { readFileSync } from 'node:fs';
import { toMarkdown as describeFaults } from '../engine/faults/toMarkdown.mts';

it.each([['docs/faults.md', describeFaults]])(
	'%s is what the code says; `npx gulp docs` writes it anew',
	(path, describePage) => {
		expect(readFileSync(path, 'utf8')).toBe(describePage());
	},
);
