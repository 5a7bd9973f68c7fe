import type { Call } from './server.mts';
import { CALLS, listCells, type Cell } from './table.mts';

const HEADINGS: Record<Call, string> = {
	token: 'Token exchange',
	upload: 'Upload',
	results: 'Results, with a timeout of 60 seconds',
	listing: 'Listing of a tag, in a poll of the trigger',
	company: 'Company, in a poll of the trigger',
};

const INTRODUCTION = `# Faults of network and service, as they are tested

Each row is a test: the fault is played by a real server, the request is made by n8n's own engine
(\`npx jest test/engine/faults\`). In every row, besides what it says:

- an upload is taken at most once for each item,
- only the item that the request belongs to fails, and with "Continue" the others go through,
- no other host ever sees a request, and
- neither the client secret nor the token is in the error, the output, or n8n's log, also when the
  service repeats them in its answer.

"Tries" are the requests made when the fault stays. "Passes" says what happens when it goes away
after the first one. The last column has the parts of the message, and of its description, that the
test looks for; the whole messages are in [troubleshooting](troubleshooting.md).
`;

/** The fault matrix as a page of the documentation. */
export function toMarkdown(): string {
	const cells = listCells(() => '');
	const sections = CALLS.map((call) => {
		const rows = cells.filter((cell) => cell.call === call).map(toRow);
		return [
			`## ${HEADINGS[call]}`,
			'',
			'| Fault | Tries | Passes | In the message |',
			'| --- | ---: | --- | --- |',
			...rows,
			'',
		].join('\n');
	});
	return [INTRODUCTION, ...sections].join('\n');
}

function toRow({ fault, outcome }: Cell): string {
	const { requests, isRepeated, message, description } = outcome;
	const passes = isRepeated ? 'goes through' : 'is not tried again';
	const texts = [message, description].filter(Boolean).map((text) => `… ${text} …`);
	const reads = message === undefined ? 'nothing; the next poll asks again' : texts.join('<br>');
	return `| ${fault.name} | ${requests} | ${passes} | ${reads} |`;
}
