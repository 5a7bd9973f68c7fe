import { globSync } from 'node:fs';
import { readMessages, readTable, type Message } from './messages.mts';

export const troubleshootingFile = 'docs/troubleshooting.md';

const ERRORS_FILE = 'nodes/Sypht/transport/errors.ts';

/** Headings by the beginning of the path of the code that a message comes from. */
const HEADINGS: Array<[path: string, heading: string]> = [
	['credentials/', 'Credential'],
	['nodes/Sypht/files/', 'Files'],
	['nodes/Sypht/resources/document/', 'Parameters of documents'],
	['nodes/Sypht/resources/', 'Other parameters'],
	['nodes/Sypht/transport/', 'Answers of Sypht'],
	['nodes/Sypht/trigger/', 'Sypht Trigger'],
	['nodes/Sypht/', 'The node itself'],
];

const INTRODUCTION = `# Troubleshooting

Every message of this package, and what to do. This page is made from the code ("npx gulp docs").

"…" stands for what is known only at the time: a name, a number, Sypht's own words. A message ends with \`[item N]\`, which counts the
input items from 0. Where the second column is empty, the message says what to do.

With On Error set to _Continue (using error output)_ a message is in the field \`error\` of an item, what to do is in
\`errorDescription\`, and \`fileId\` is there if Sypht has the document already: fetch it with Get Results instead of uploading it again.
`;

/** The page of all messages, as Markdown. Paths are from the project's folder. */
export function renderTroubleshooting(): string {
	const groups = new Map<string, Message[]>(HEADINGS.map(([, heading]) => [heading, []]));
	for (const file of globSync('{credentials,nodes}/**/*.ts').sort()) {
		const path = file.replaceAll('\\', '/');
		const [, heading] = HEADINGS.find(([start]) => path.startsWith(start)) ?? [];
		if (heading) groups.get(heading)?.push(...readMessages(file));
	}
	const sections = [...groups].flatMap(([heading, messages]) =>
		messages.length === 0
			? []
			: [`## ${heading}`, renderTable(['Message', 'What to do'], unique(messages).map(toRow))],
	);
	return [
		INTRODUCTION.trim(),
		...sections,
		'## HTTP statuses',
		'A message that ends with "(HTTP …)" comes from Sypht, and has its own words in the details.',
		renderTable(
			['Status', 'What to do'],
			[
				...readTable(ERRORS_FILE, 'ADVICE'),
				['500 and above', 'The service could not do it at the moment. Try again later.'],
			],
		),
		'## Network',
		'"Sypht did not …: …" names the cause:',
		renderTable(['Code', 'Message'], readTable(ERRORS_FILE, 'NETWORK_REASONS')),
		'',
	]
		.join('\n\n')
		.trimEnd()
		.concat('\n');
}

function toRow({ message, advice }: Message): [string, string] {
	return [message, advice];
}

function unique(messages: Message[]): Message[] {
	const seen = new Map(
		messages.map((message) => [`${message.message}|${message.advice}`, message]),
	);
	return [...seen.values()];
}

function renderTable(head: [string, string], rows: Array<[string, string]>): string {
	return [head, ['---', '---'], ...rows]
		.map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
		.join('\n');
}
