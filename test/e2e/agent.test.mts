import assert from 'node:assert/strict';
import { after, before, beforeEach, it } from 'node:test';
import { printInvoices, sampleInvoice } from '../samples/invoices.mts';
import { startSimulator, type Simulator } from '../simulator/index.mts';
import { importExample } from './harness/examples.mts';
import { startLocalServer, type LocalServer } from './harness/localServer.mts';
import { startModelServer, type Message, type Tool } from './harness/modelServer.mts';
import type { Connection } from './harness/setup.mts';
import { useSharedN8n } from './harness/sharedN8n.mts';

let simulator: Simulator;
let setup: Connection;
let model: LocalServer;
let files: LocalServer;
let invoiceUrl: string;
let offered: Tool[] = [];
let seen: Message[] = [];

before(async () => {
	simulator = await startSimulator({ processingMs: 100 });
	setup = await useSharedN8n(simulator);
	model = await startModelServer((messages, tools) => {
		offered = tools;
		seen = messages;
		const [tool] = tools;
		const result = messages.find(({ role }) => role === 'tool');
		if (result) return { answer: `The tool said: ${result.content}` };
		const question = messages.findLast(({ role }) => role === 'user')?.content ?? '';
		const [url] = /http\S+/.exec(question) ?? [''];
		return { tool: tool.name, args: { File_URL: url } };
	});
	const invoice = await printInvoices([sampleInvoice]);
	files = await startLocalServer((request, response) => {
		if (request.url === '/missing.pdf') response.writeHead(404).end();
		else response.end(invoice);
	});
	invoiceUrl = `${files.url}/invoice.pdf`;

	const openAiApi = await setup.api.createCredential('Model', 'openAiApi', {
		apiKey: 'none',
		url: model.url,
	});
	await importExample(setup.api, 'agent-questions.json', setup.credentialId, {
		adapt: ({ nodes }) => {
			const find = (name: string) => nodes.find((node) => node.name === name);
			// n8n's own chat is open only to who is logged in.
			Object.assign(find('Chat')?.parameters ?? {}, { public: true, mode: 'webhook' });
			const credentials = { openAiApi: { id: openAiApi, name: 'Model' } };
			Object.assign(find('OpenAI Chat Model') ?? {}, { credentials });
		},
	});
});
after(async () => {
	await model?.close();
	await files?.close();
	await simulator?.close();
});
beforeEach(() => simulator.documents.all.clear());

async function ask(question: string): Promise<string> {
	const answer = await setup.api.postToWebhook('agent-questions/chat', {
		action: 'sendMessage',
		sessionId: 'one',
		chatInput: question,
	});
	const text = await answer.text();
	assert.ok(answer.ok, text);
	return (JSON.parse(text) as { output: string }).output;
}

it('an agent reads a document by its address, and gets its fields as lean JSON', async () => {
	const answer = await ask(`What is the total of ${invoiceUrl}`);
	assert.match(answer, /"total":431\.31/);
	assert.equal(simulator.documents.all.size, 1);
	const result = seen.find(({ role }) => role === 'tool')?.content ?? '';
	assert.ok(result.length < 6_000, `${result.length} characters`);
});

it('the tool tells the agent what it does and what to give it', async () => {
	await ask(`What is the total of ${invoiceUrl}`);
	const [{ description, parameters }] = offered;
	assert.match(description, /invoice, bill or receipt/);
	assert.deepEqual(Object.keys(parameters.properties), ['File_URL']);
	assert.match(parameters.properties.File_URL.description ?? '', /address of the document/);
});

it('an agent learns what went wrong and what to do', async () => {
	const answer = await ask(`What is the total of ${invoiceUrl.replace('invoice', 'missing')}`);
	assert.match(answer, /could not be fetched: its server answered HTTP 404/);
	assert.match(answer, /Check the URL/);
	assert.equal(simulator.documents.all.size, 0);
});

it('an agent gets the file ID of a document that Sypht received but could not read', async () => {
	const answer = await ask(`What is the total of ${invoiceUrl.replace('invoice', 'unreadable')}`);
	assert.match(answer, /Sypht could not process the document/);
	const [fileId] = simulator.documents.all.keys();
	assert.ok(answer.includes(`"fileId":"${fileId}"`), answer);
});
