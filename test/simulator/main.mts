import { parseArgs } from 'node:util';
import { FAULT_NAMES, parseFault } from './faultText.mts';
import {
	CLIENT_ID,
	CLIENT_SECRET,
	DEFAULT_PORT,
	startSimulator,
	type Simulator,
} from './index.mts';

const HELP = `A simulated Sypht on this machine, to try workflows without an account.

  --port <number>         port on 127.0.0.1 (${DEFAULT_PORT}; 0 means any free one)
  --token-life <seconds>  lifetime of an access token (3600)
  --processing <ms>       how long it takes to process a document (1500)
  --latency <ms>          how long an upload takes besides its transfer (0)
  --fault <text>          a fault to simulate, e.g. "POST /fileupload 503 x2",
                          "GET /result/final delay:5000 x3", "POST /oauth2/token reset"; repeatable.
                          The fault is a status, or one of
${FAULT_NAMES.map((name) => `                            ${name}`).join('\n')}

A file with "unreadable" in its name fails, and so does a broken PDF. Fields come from
the text of a PDF; images have none.
`;

try {
	const options = readOptions();
	if (options.help) process.stdout.write(HELP);
	else announce(await start(options));
} catch (error) {
	process.stderr.write(`${explain(error as NodeJS.ErrnoException)}\n`);
	process.exitCode = 1;
}

function readOptions() {
	const { values } = parseArgs({
		options: {
			port: { type: 'string' },
			'token-life': { type: 'string' },
			processing: { type: 'string' },
			latency: { type: 'string' },
			fault: { type: 'string', multiple: true, default: [] },
			help: { type: 'boolean' },
		},
	});
	return values;
}

async function start(options: ReturnType<typeof readOptions>): Promise<Simulator> {
	const faults = options.fault.map(parseFault);
	const simulator = await startSimulator({
		port: readNumber('port', options.port) ?? DEFAULT_PORT,
		tokenLifeSeconds: readNumber('token-life', options['token-life']),
		processingMs: readNumber('processing', options.processing),
		latencyMs: readNumber('latency', options.latency),
	});
	for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void simulator.close());
	for (const { method, path, fault, times } of faults) {
		simulator.faults.plan(method, path, fault, times);
	}
	return simulator;
}

function announce({ url }: Simulator): void {
	process.stdout
		.write(`The simulator of Sypht runs at ${url}. In n8n, create a credential "Sypht API" with

  Environment    Custom
  Client ID      ${CLIENT_ID}
  Client Secret  ${CLIENT_SECRET}
  API Base URL   ${url}
  Token URL      ${url}/oauth2/token

A file with "unreadable" in its name fails. Press Ctrl+C to stop the simulator.
`);
}

function readNumber(name: string, text: string | undefined): number | undefined {
	if (text === undefined) return undefined;
	if (!/^\d+(\.\d+)?$/.test(text)) throw new Error(`--${name} takes a number, not "${text}".`);
	return Number(text);
}

function explain(error: NodeJS.ErrnoException & { port?: number }): string {
	const { code, message, port } = error;
	if (code === 'EADDRINUSE') {
		return `Port ${port} is in use. Stop what runs there, or choose another port with --port.`;
	}
	return code?.startsWith('ERR_PARSE_ARGS') ? `${message}. See --help.` : message;
}
