/** Writes the output schemas, with which fields can be dragged before the first run, from real runs. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { packPackage } from '../../test/e2e/harness/pack.mts';
import { makeSchemas, schemaFolder } from '../../test/e2e/harness/schemas.mts';
import { setUp } from '../../test/e2e/harness/setup.mts';
import { startSimulator } from '../../test/simulator/index.mts';

process.env.SYPHT_TARBALL = await packPackage();
const simulator = await startSimulator({ processingMs: 0 });
const setup = await setUp(simulator);
const schemas = await makeSchemas(setup).finally(async () => {
	await setup.n8n.stop();
	await simulator.close();
});
await rm(schemaFolder, { recursive: true, force: true });
for (const [name, schema] of Object.entries(schemas)) {
	const file = path.join(schemaFolder, name);
	await mkdir(path.dirname(file), { recursive: true });
	await writeFile(file, `${JSON.stringify(schema, null, '\t')}\n`);
	process.stdout.write(`${name}\n`);
}
