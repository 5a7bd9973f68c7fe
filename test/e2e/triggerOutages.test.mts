import assert from 'node:assert/strict';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, afterEach, before, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { isLong, skip, tellsWhatIsStored, Triggers } from './harness/triggers.mts';

const KILLS = isLong ? 20 : 2;
const OUTAGES_SECONDS = isLong ? [15, 45, 150] : [45];
/** Longer than n8n waits for its database. */
const LOCK_SECONDS = isLong ? 600 : 80;
/** Makes n8n store what a poll remembers and what it emits in one transaction. */
const DURABLE = {
	N8N_SCHEDULER_ENABLED: 'true',
	N8N_SCHEDULER_POLL_TRIGGERS_ENABLED: 'true',
	N8N_POLLER_DURABLE_CURSORS_ENABLED: 'true',
};

const triggers = new Triggers();

before(async () => await triggers.start());
after(async () => await triggers.close());
afterEach(async () => await triggers.reset());

const when = tellsWhatIsStored ? 'all the same' : 'after a restart';
it(`a database that cannot be written for ${LOCK_SECONDS} s: the document starts its workflow ${when}`, async () => {
	await triggers.activate('locked', { removeTag: true });
	const first = await triggers.upload('locked', 'quick.pdf');
	await triggers.waitForAll([first]);
	const database = new DatabaseSync(path.join(triggers.n8n.userFolder, '.n8n', 'database.sqlite'), {
		timeout: 10_000,
	});
	database.exec('BEGIN IMMEDIATE');
	const second = await triggers.upload('locked', 'quick.pdf');
	await sleep(LOCK_SECONDS * 1000);
	assert.ok(!triggers.recorder.fileIds.includes(second), 'n8n could write to its database');
	assert.ok(
		triggers.simulator.documents.all.get(second)?.tags.has('locked'),
		'The tag was removed',
	);
	database.exec('ROLLBACK');
	database.close();
	if (!tellsWhatIsStored) await triggers.restartN8n();
	await triggers.waitForAll([second]);
	if (!tellsWhatIsStored) return;
	await triggers.until(
		() => !triggers.simulator.documents.all.get(second)?.tags.has('locked'),
		'The tag was not removed',
	);
});

for (const seconds of OUTAGES_SECONDS) {
	it(`a service that is out for ${seconds} s when n8n starts: the trigger polls again afterwards`, async () => {
		await triggers.activate('outage');
		const first = await triggers.upload('outage', 'quick.pdf');
		await triggers.waitForAll([first]);
		await triggers.n8n.stop();
		const second = await triggers.upload('outage', 'quick.pdf');
		triggers.simulator.faults.plan(
			'GET',
			'/app/company',
			{ kind: 'status', status: 500 },
			Infinity,
		);
		await triggers.startN8nAgain();
		await sleep(seconds * 1000);
		triggers.simulator.faults.clear();
		await triggers.waitForAll([second]);
	});
}

it(`n8n killed ${KILLS} times at a random moment: no document is missing`, async () => {
	await killOften('crash');
});

it(
	`with durable pollers n8n killed ${KILLS} times: no document is missing, and none comes twice`,
	{ skip },
	async () => {
		await triggers.restartN8n(DURABLE);
		const { times } = await killOften('durable crash');
		assert.deepEqual(
			[...times].filter(([, count]) => count > 1),
			[],
			'Documents have several executions',
		);
	},
);

/** Kills n8n while documents are uploaded and completed, and waits until each has an execution. */
async function killOften(tag: string) {
	const id = await triggers.activate(tag);
	const expected: string[] = [];
	let isUploading = true;
	const uploading = (async () => {
		while (isUploading) {
			expected.push(await triggers.upload(tag));
			await sleep(250);
		}
	})();
	for (let kill = 0; kill < KILLS; kill++) {
		await sleep(2_000 + Math.random() * 4_000);
		await triggers.n8n.kill();
		await triggers.startN8nAgain();
	}
	isUploading = false;
	await uploading;
	// What an execution was about to do when n8n was killed is not done, but the execution is there.
	const isEachStored = async () =>
		[...(await countExecutions(id, expected)).values()].every((count) => count > 0);
	await triggers.until(isEachStored, 'Not all documents have an execution');
	await triggers.waitForPolls(2);
	const times = await countExecutions(id, expected);
	const repeated = [...times.values()].filter((count) => count > 1).length;
	process.stdout.write(
		`  ${expected.length} documents, ${KILLS} kills: none is missing, ${repeated} have several executions\n`,
	);
	return { times };
}

/** In how many executions of a workflow each document is. */
async function countExecutions(id: string, fileIds: string[]): Promise<Map<string, number>> {
	const stored = await triggers.api.readStoredExecutions(id);
	return new Map(
		fileIds.map((fileId) => [fileId, stored.filter((text) => text.includes(fileId)).length]),
	);
}
