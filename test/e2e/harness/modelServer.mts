import { json } from 'node:stream/consumers';
import { startLocalServer, type LocalServer } from './localServer.mts';

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

/** Starts a language model that follows a script, behind the API of OpenAI. */
export async function startModelServer(
	decide: (messages: Message[], tools: Tool[]) => Turn,
): Promise<LocalServer> {
	return await startLocalServer(async (request, response) => {
		const { messages, tools = [] } = (await json(request)) as {
			messages: Message[];
			tools?: Array<{ function: Tool }>;
		};
		const offered = tools.map((tool) => tool.function);
		response.setHeader('Content-Type', 'application/json');
		response.end(JSON.stringify(toCompletion(decide(messages, offered))));
	});
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
