import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Message {
	role: 'system' | 'user' | 'assistant' | 'tool';
	content: string | null;
}

export interface Tool {
	name: string;
	description: string;
	parameters: { properties: Record<string, { description?: string }> };
}

/** What the model does next: call a tool, or answer. */
export type Turn = { tool: string; args: Record<string, unknown> } | { answer: string };

/** A language model that follows a script, behind the API of OpenAI. */
export interface ModelServer {
	/** For the credential's Base URL. */
	url: string;
	close(): Promise<void>;
}

export async function startModelServer(
	decide: (messages: Message[], tools: Tool[]) => Turn,
): Promise<ModelServer> {
	const server = createServer(async (request, response) => {
		const { messages, tools = [] } = JSON.parse(await readBody(request)) as {
			messages: Message[];
			tools?: Array<{ function: Tool }>;
		};
		const turn = decide(
			messages,
			tools.map((tool) => tool.function),
		);
		response.setHeader('Content-Type', 'application/json');
		response.end(JSON.stringify(toCompletion(turn)));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
		async close() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

function toCompletion(turn: Turn): object {
	const message =
		'answer' in turn
			? { role: 'assistant', content: turn.answer }
			: { role: 'assistant', content: null, tool_calls: [toCall(turn.tool, turn.args)] };
	return {
		id: 'completion',
		object: 'chat.completion',
		created: 0,
		model: 'scripted',
		choices: [{ index: 0, message, finish_reason: 'answer' in turn ? 'stop' : 'tool_calls' }],
		usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 },
	};
}

function toCall(name: string, args: Record<string, unknown>): object {
	return { id: 'call', type: 'function', function: { name, arguments: JSON.stringify(args) } };
}

async function readBody(request: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks).toString();
}
