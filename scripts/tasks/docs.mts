/** Writes the pages of docs/ that follow from the code, some of them from the compiled node. */
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Sypht } from '../../nodes/Sypht/Sypht.node.ts';
import pythonClient from '../../test/data/pythonClient.json' with { type: 'json' };
import { buildPackage } from '../../test/e2e/harness/pack.mts';
import { toMarkdown as describeFaults } from '../../test/engine/faults/toMarkdown.mts';
import { makeOperationsDocs, writeOperationsDocs } from '../lib/operationsDocs.mts';
import { renderTroubleshooting, troubleshootingFile } from '../lib/troubleshooting.mts';

await buildPackage();
const require = createRequire(import.meta.url);
const compiled = require('../../dist/nodes/Sypht/Sypht.node.js') as { Sypht: typeof Sypht };
const { properties } = new compiled.Sypht().description;

await mkdir('docs', { recursive: true });
await writeOperationsDocs(makeOperationsDocs(properties, pythonClient));
await writeFile('docs/faults.md', describeFaults());
await writeFile(troubleshootingFile, renderTroubleshooting());
