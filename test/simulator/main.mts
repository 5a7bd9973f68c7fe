import { parseArgs } from 'node:util';
import { parseFault } from './faults.mts';
import {
	CLIENT_ID,
	CLIENT_SECRET,
	DEFAULT_PORT,
	startSimulator,
	type Simulator,
} from './index.mts';

const HELP = `A Sypht that runs on this machine, for trying workflows without an account.

  --port <number>         where it listens on 127.0.0.1 (${DEFAULT_PORT})
  --token-life <seconds>  how long an access token is good (3600)
  --processing <ms>       how long a document takes to be read (1500)
  --latency <ms>          how long an upload takes beside its transfer (0)
  --fault <text>          something that goes wrong, e.g. "POST /fileupload 503 x2",
                          "GET /result/final 504 x3", "POST /oauth2/token reset"; repeatable
`;

const { values } = parseArgs({
	options: {
		port: { type: 'string', default: String(DEFAULT_PORT) },
		'token-life': { type: 'string' },
		processing: { type: 'string' },
		latency: { type: 'string' },
		fault: { type: 'string', multiple: true, default: [] },
		help: { type: 'boolean' },
	},
});

if (values.help) {
	process.stdout.write(HELP);
} else {
	try {
		announce(await start());
	} catch (error) {
		process.stderr.write(`${explain(error)}\n`);
		process.exitCode = 1;
	}
}

async function start(): Promise<Simulator> {
	const simulator = await startSimulator({
		port: Number(values.port),
		tokenLifeSeconds: toNumber(values['token-life']),
		processingMs: toNumber(values.processing),
		latencyMs: toNumber(values.latency),
	});
	for (const { method, path, fault, times } of values.fault.map(parseFault)) {
		simulator.faults.plan(method, path, fault, times);
	}
	return simulator;
}

function announce({ url }: Simulator): void {
	process.stdout
		.write(`The simulator of Sypht runs at ${url}. In n8n make a credential "Sypht API" with

  Environment    Custom
  Client ID      ${CLIENT_ID}
  Client Secret  ${CLIENT_SECRET}
  API Base URL   ${url}
  Token URL      ${url}/oauth2/token

A file whose name has "unreadable" in it fails. Ctrl+C ends the simulator.
`);
}

function toNumber(text: string | undefined): number | undefined {
	return text === undefined ? undefined : Number(text);
}

function explain(error: unknown): string {
	const { code, message } = error as NodeJS.ErrnoException;
	return code === 'EADDRINUSE'
		? `Port ${values.port} is taken. End what runs there, or choose another one with --port.`
		: message;
}
