import assert from 'node:assert/strict';
import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import { projectFolder } from '../e2e/harness/pack.mts';

/** What each workflow's token may do, for the workflow as a whole and for a job of it. */
const PERMISSIONS: Record<string, { workflow: string[]; jobs: string[][] }> = {
	'ci.yml': { workflow: ['contents: read'], jobs: [] },
	// Only the job that opens an issue may write one; it runs no code of the project.
	'latest-n8n.yml': { workflow: [], jobs: [['contents: read'], ['issues: write']] },
	// npm trusts this job by the identity token that it is given.
	'publish.yml': { workflow: [], jobs: [['contents: read', 'id-token: write']] },
};

const PINNED = /^[\w-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;

const folder = path.join(projectFolder, '.github', 'workflows');
const workflows = new Map<string, string>();
for await (const file of glob('*', { cwd: folder })) {
	workflows.set(file, await readFile(path.join(folder, file), 'utf8'));
}

/** The entries of each `permissions:` that stands at this depth. */
function readPermissions(text: string, indent: string): string[][] {
	const blocks = text.matchAll(
		new RegExp(`^${indent}permissions:(.*)\\n((?:${indent} +\\S.*\\n)*)`, 'gm'),
	);
	return [...blocks].map(([, inline, entries]) =>
		[inline.replace(/[{}]/g, ''), ...entries.split('\n')]
			.map((line) => line.trim())
			.filter((line) => line !== ''),
	);
}

it('every workflow is known here', () => {
	assert.deepEqual([...workflows.keys()].sort(), Object.keys(PERMISSIONS).sort());
});

for (const [file, text] of workflows) {
	describe(file, () => {
		it('pins every action by its commit, and says which version that is', () => {
			const used = [...text.matchAll(/^\s*(?:- )?uses:\s*(.+)$/gm)].map(([, action]) => action);
			assert.equal(used.length, text.match(/\buses:/g)?.length);
			assert.deepEqual(
				used.filter((action) => !PINNED.test(action)),
				[],
			);
		});

		it('has only the permissions it needs', () => {
			const { workflow, jobs } = PERMISSIONS[file];
			assert.deepEqual(readPermissions(text, ''), [workflow]);
			assert.deepEqual(readPermissions(text, ' {4}'), jobs);
			assert.equal(text.match(/permissions:/g)?.length, 1 + jobs.length);
		});

		it('leaves no token in the clone, and exposes no secret to the code of others', () => {
			const clones = text.match(/actions\/checkout@/g)?.length;
			assert.equal(text.match(/persist-credentials: false/g)?.length, clones);
			assert.doesNotMatch(text, /pull_request_target|workflow_run|secrets\./);
		});
	});
}
