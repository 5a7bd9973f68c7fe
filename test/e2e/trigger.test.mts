import assert from 'node:assert/strict';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { prepareProbe, type Probe } from './harness/probe.mts';
import { skip, Triggers } from './harness/triggers.mts';

const HOUR_MS = 60 * 60 * 1000;

let probe: Probe;
const triggers = new Triggers();

before(async () => {
	probe = await prepareProbe();
	await triggers.start(probe.env);
});
after(async () => await triggers.close());
afterEach(async () => await triggers.reset());

describe('activation', () => {
	it('outputs what has the tag and is finished', async () => {
		const [a] = [
			await triggers.upload('now', 'quick.pdf'),
			await triggers.upload('now', 'slow.pdf'),
		];
		await triggers.upload('another tag', 'quick.pdf');
		await sleep(300);
		await triggers.activate('now');
		await triggers.waitForAll([a]);
		assert.deepEqual(triggers.recorder.fileIds, [a]);
	});

	it('with Only New outputs nothing from before', async () => {
		await triggers.upload('new only', 'quick.pdf');
		await sleep(300);
		await triggers.activate('new only', { onlyNew: true });
		await triggers.waitForPolls(1);
		const later = await triggers.upload('new only', 'quick.pdf');
		await triggers.waitForAll([later]);
		assert.deepEqual(triggers.recorder.fileIds, [later]);
	});
});

it('200 documents that finish at random are each output once', async () => {
	await triggers.activate('many', {}, 5);
	const expected = await triggers.uploadMany(200, 'many');
	await triggers.waitForAll(expected);
	assert.deepEqual(triggers.recorder.fileIds.toSorted(), expected.toSorted());
});

it('a backlog comes 100 documents at a time, and what failed in it costs less and less', async () => {
	const expected = await triggers.uploadMany(230, 'backlog', 'quick.pdf');
	const failed = await triggers.uploadMany(40, 'backlog', 'unreadable quick.pdf');
	await sleep(300);
	triggers.simulator.requests.clear();
	const id = await triggers.activate('backlog');
	await triggers.waitForAll(expected);

	const executions = await triggers.api.listExecutions(id);
	const counts = await Promise.all(
		executions.map(async (execution) => {
			const { data } = await triggers.api.getExecution(execution.id);
			return data.resultData.runData['Sypht Trigger'][0].data?.main[0].length ?? 0;
		}),
	);
	assert.ok(Math.max(...counts) <= 100, `Executions of ${counts.join(', ')} documents`);
	const countChecks = (fileIds: string[]) =>
		triggers.simulator.requests
			.find('GET', '/result/final')
			.filter(({ path: asked }) => fileIds.includes(path.basename(asked))).length;
	assert.ok(countChecks(expected) <= 2 * expected.length, 'Finished documents are checked again');
	const before = countChecks(failed);
	await triggers.waitForPolls(10);
	const later = countChecks(failed) - before;
	assert.ok(later <= failed.length, `${later} checks of ${failed.length} failed in ten polls`);
	assert.equal(triggers.countRepeats(), 0);
});

it('with Remove Tag the tag is empty in the end, and nothing comes twice', { skip }, async () => {
	await triggers.activate('queue', { removeTag: true });
	const expected = await triggers.uploadMany(20, 'queue', 'quick.pdf');
	await triggers.waitForAll(expected);
	await triggers.until(
		() => [...triggers.simulator.documents.all.values()].every(({ tags }) => !tags.has('queue')),
		'Not all tags were removed',
	);
	assert.equal(triggers.countRepeats(), 0);
});

it('polls that go wrong lose nothing, repeat nothing, and leave the workflow active', async () => {
	await triggers.activate('faulty');
	await triggers.waitForPolls(1);
	triggers.simulator.tokens.revoke();
	triggers.simulator.faults.plan('GET', '/app/company', { kind: 'status', status: 500 });
	triggers.simulator.faults.plan('GET', '/app/company', { kind: 'status', status: 429 });
	triggers.simulator.faults.plan('GET', '/app/company', {
		kind: 'status',
		status: 200,
		body: '<html></html>',
	});
	triggers.simulator.faults.plan('GET', '/result/final', { kind: 'status', status: 500 });
	await triggers.logIn();
	const expected = await triggers.uploadMany(3, 'faulty', 'quick.pdf');
	await triggers.waitForAll(expected);
	assert.equal(triggers.countRepeats(), 0);
});

it('a listing that lies for a while repeats nothing', async () => {
	await triggers.activate('lies');
	const expected = await triggers.uploadMany(6, 'lies', 'quick.pdf');
	await triggers.waitForAll(expected);
	const { listing } = triggers.simulator.tags;
	const lies = [
		() => [],
		() => null,
		() => ({ docs: null }),
		(fileIds: string[]) => fileIds.slice(0, 3),
		(fileIds: string[]) => [...fileIds, ...fileIds],
		(fileIds: string[]) => [{ name: 'no id' }, ...fileIds],
	];
	for (const lie of lies) {
		triggers.simulator.tags.listing = lie;
		await triggers.waitForPolls(2);
		triggers.simulator.tags.listing = listing;
		await triggers.waitForPolls(1);
	}
	const later = await triggers.upload('lies', 'quick.pdf');
	await triggers.waitForAll([...expected, later]);
	assert.equal(triggers.countRepeats(), 0);
});

it('a node that is renamed repeats nothing', async () => {
	const id = await triggers.activate('renamed');
	const first = await triggers.upload('renamed', 'quick.pdf');
	await triggers.waitForAll([first]);
	await triggers.restartN8n();
	// The restart repeats what was emitted last; only what comes after it counts.
	await triggers.waitForPolls(4);
	triggers.recorder.fileIds.length = 0;
	await triggers.api.renameNode(id, 'Sypht Trigger', 'Documents');
	await triggers.api.activate(id);
	const second = await triggers.upload('renamed', 'quick.pdf');
	await triggers.waitForAll([second]);
	assert.deepEqual(triggers.recorder.fileIds, [second]);
});

// It comes last because it puts n8n's clock forward.
it('a document that cannot be checked is reported once after an hour, and emitted when it can be', async () => {
	const { simulator, recorder, api } = triggers;
	const broken = await triggers.upload('hour', 'quick.pdf');
	const checks = `/result/final/${broken}`;
	simulator.faults.plan('GET', checks, { kind: 'status', status: 500 }, Infinity);
	const id = await triggers.activate('hour');
	const countReports = async () =>
		(await api.listExecutions(id)).filter(({ status }) => status === 'error').length;

	const other = await triggers.upload('hour', 'quick.pdf');
	await triggers.waitForAll([other]);
	assert.equal(await countReports(), 0);

	await probe.putClockForward(HOUR_MS + 60_000);
	await triggers.until(async () => (await countReports()) > 0, 'It was not reported');
	await triggers.waitForPolls(3);
	assert.equal(await countReports(), 1);

	simulator.faults.clear();
	await probe.putClockForward(HOUR_MS);
	await triggers.waitForAll([broken]);
	assert.deepEqual(recorder.fileIds.toSorted(), [broken, other].toSorted());
});
