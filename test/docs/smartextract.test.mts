import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

const read = (file: string) => readFileSync(file, 'utf8').replaceAll(/\s+/g, ' ');

describe('SmartExtract is where the customers are', () => {
	const sources: Array<[file: string, ...said: RegExp[]]> = [
		['README.md', /enter the hosts that ProcessMaker gave you, or choose \*\*Custom\*\*/],
		[
			'credentials/environments.ts',
			/'The successor of Sypht\. Use the hosts that ProcessMaker gave you\.'/,
		],
		[
			'docs/smartextract.md',
			/This page says what public sources show; none of it was tried with a live installation/,
			/installed per customer, so take the hosts that ProcessMaker gave you/,
			/The Environment \*\*Custom\*\* does the same, but requires both URLs/,
			/uploads with the product `sypht\.invoice`\. It is the only product ID shown there/,
			/\*\*Validation ID\*\* .* Most likely it names a workflow .* Ask ProcessMaker/,
			/own connector .* refuses GIF/,
			/<dashboard>\/edit\.html\?documentToken=<documentToken>&fileId=<fileId>/,
		],
	];
	for (const [file, ...said] of sources) {
		it(`${file} says what they need to know`, () => {
			for (const sentence of said) assert.match(read(file), sentence);
		});
	}
});
