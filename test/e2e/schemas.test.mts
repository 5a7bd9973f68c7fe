import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, it } from 'node:test';
import { startSimulator, type Simulator } from '../simulator/index.mts';
import { makeSchemas, schemaFolder } from './harness/schemas.mts';
import type { Connection } from './harness/setup.mts';
import { useSharedN8n } from './harness/sharedN8n.mts';

let simulator: Simulator;
let setup: Connection;
let schemas: Record<string, unknown>;

before(async () => {
	simulator = await startSimulator({ processingMs: 0 });
	setup = await useSharedN8n(simulator);
	schemas = await readSchemas();
});
after(async () => {
	await simulator?.close();
});

async function readSchemas(): Promise<Record<string, unknown>> {
	const files = await readdir(schemaFolder, { recursive: true });
	const read = files
		.filter((file) => file.endsWith('.json'))
		.map(async (file): Promise<[string, unknown]> => {
			const text = await readFile(path.join(schemaFolder, file), 'utf8');
			return [file.split(path.sep).join('/'), JSON.parse(text)];
		});
	return Object.fromEntries(await Promise.all(read));
}

it('the output schemas match what the operations return ("npm run schemas" updates them)', async () => {
	assert.deepEqual(schemas, await makeSchemas(setup));
});

it('n8n returns the schema of each operation where its editor asks for it', async () => {
	// The editor asks for none of a trigger.
	const { 'output.json': _, ...ofOperations } = schemas;
	for (const [name, schema] of Object.entries(ofOperations)) {
		const address = `${setup.api.url}/schemas/n8n-nodes-sypht.sypht/1.0.0/${name}`;
		const answer = await fetch(address);
		assert.equal(answer.status, 200, name);
		assert.deepEqual(await answer.json(), schema, name);
	}
});
