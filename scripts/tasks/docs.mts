/** Writes the pages of the documentation that follow from the code. */
import { mkdir, writeFile } from 'node:fs/promises';
import { toMarkdown as describeFaults } from '../../test/engine/faults/toMarkdown.mts';

await mkdir('docs', { recursive: true });
await writeFile('docs/faults.md', describeFaults());
