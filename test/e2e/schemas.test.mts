import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { it } from 'node:test';
import { makeSchemas, schemaFolder } from './harness/schemas.mts';

it('the output schemas are what the operations give out ("npx gulp schemas" renews them)', async () => {
	for (const [name, schema] of Object.entries(await makeSchemas())) {
		const text = await readFile(path.join(schemaFolder, name), 'utf8');
		assert.deepEqual(JSON.parse(text), schema, name);
	}
});
