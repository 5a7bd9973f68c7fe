/** Writes docs/operations.md from the compiled node. */
import { createRequire } from 'node:module';
import type { Sypht } from '../../nodes/Sypht/Sypht.node.ts';
import pythonClient from '../../test/data/pythonClient.json' with { type: 'json' };
import { buildPackage } from '../../test/e2e/harness/pack.mts';
import { makeOperationsDocs, writeOperationsDocs } from '../lib/operationsDocs.mts';

await buildPackage();
const require = createRequire(import.meta.url);
const compiled = require('../../dist/nodes/Sypht/Sypht.node.js') as { Sypht: typeof Sypht };
const { properties } = new compiled.Sypht().description;
await writeOperationsDocs(makeOperationsDocs(properties, pythonClient));
