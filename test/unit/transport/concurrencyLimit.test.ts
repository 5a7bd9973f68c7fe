import { sleep } from 'n8n-workflow';
import { CancelledError } from '../../../nodes/Sypht/transport/cancellation';
import { ConcurrencyLimit } from '../../../nodes/Sypht/transport/concurrencyLimit';

const tick = async () => await sleep(0);

/** A task that ends when the test says so. */
function controlled(): { task: () => Promise<void>; hasStarted: () => boolean; end: () => void } {
	let isStarted = false;
	let end = () => {};
	const task = async () => {
		isStarted = true;
		await new Promise<void>((resolve) => (end = resolve));
	};
	return { task, hasStarted: () => isStarted, end: () => end() };
}

it('runs the allowed number of tasks at once and starts the others in order', async () => {
	const limit = new ConcurrencyLimit(2);
	const tasks = [controlled(), controlled(), controlled(), controlled()];
	const started = () => tasks.map((task) => task.hasStarted());
	const all = Promise.all(tasks.map(async ({ task }) => await limit.run(task)));

	await tick();
	expect(started()).toEqual([true, true, false, false]);
	expect(limit.pendingCount).toBe(2);
	tasks[1].end();
	await tick();
	expect(started()).toEqual([true, true, true, false]);
	tasks[0].end();
	await tick();
	expect(started()).toEqual([true, true, true, true]);
	expect(limit.pendingCount).toBe(0);
	tasks[2].end();
	tasks[3].end();
	await all;
});

it('starts the next task after one that failed', async () => {
	const limit = new ConcurrencyLimit(1);
	const failing = limit.run(async () => await Promise.reject(new Error('broken')));
	const next = limit.run(async () => await Promise.resolve('done'));
	await expect(failing).rejects.toThrow('broken');
	expect(await next).toBe('done');
});

describe('a stopped task', () => {
	it('no longer waits for its turn, and those behind it move up', async () => {
		const limit = new ConcurrencyLimit(1);
		const stop = new AbortController();
		await limit.enter();
		const stopped = limit.enter(stop.signal);
		const next = limit.enter();
		stop.abort();
		await expect(stopped).rejects.toBeInstanceOf(CancelledError);
		expect(limit.pendingCount).toBe(1);
		limit.leave();
		await next;
		expect(limit.pendingCount).toBe(0);
	});

	it('does not even start to wait', async () => {
		const limit = new ConcurrencyLimit(1);
		await expect(limit.enter(AbortSignal.abort())).rejects.toBeInstanceOf(CancelledError);
		// The turn is still free.
		await limit.enter();
	});

	it('listens to the signal that it shares with 1,000 others only once', async () => {
		const limit = new ConcurrencyLimit(1);
		const stop = new AbortController();
		const listen = jest.spyOn(stop.signal, 'addEventListener');
		await limit.enter();
		const waiting = Array.from({ length: 1_000 }, async () => await limit.enter(stop.signal));
		expect(listen).toHaveBeenCalledTimes(1);
		stop.abort();
		const outcomes = await Promise.allSettled(waiting);
		expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true);
	});
});

describe('with bytes as weights', () => {
	const MB = 1_000_000;

	it('runs as many tasks as fit into the budget', async () => {
		const budget = new ConcurrencyLimit(75 * MB);
		const tasks = Array.from({ length: 7 }, controlled);
		const all = tasks.map(async ({ task }) => await budget.run(task, undefined, 15 * MB));
		await tick();
		expect(tasks.filter((task) => task.hasStarted())).toHaveLength(5);
		for (const { end } of tasks) end();
		await tick();
		for (const { end } of tasks) end();
		await Promise.all(all);
	});

	it('lets a task heavier than the whole budget run alone', async () => {
		const budget = new ConcurrencyLimit(10 * MB);
		const [heavy, light] = [controlled(), controlled()];
		const all = [
			budget.run(heavy.task, undefined, 400 * MB),
			budget.run(light.task, undefined, 1 * MB),
		];
		await tick();
		expect([heavy.hasStarted(), light.hasStarted()]).toEqual([true, false]);
		heavy.end();
		await tick();
		expect(light.hasStarted()).toBe(true);
		light.end();
		await Promise.all(all);
	});

	it('does not let light tasks overtake a heavy one, which would never get its turn', async () => {
		const budget = new ConcurrencyLimit(10 * MB);
		const [first, heavy, light] = [controlled(), controlled(), controlled()];
		const all = [
			budget.run(first.task, undefined, 5 * MB),
			budget.run(heavy.task, undefined, 10 * MB),
			budget.run(light.task, undefined, 1 * MB),
		];
		await tick();
		expect([heavy.hasStarted(), light.hasStarted()]).toEqual([false, false]);
		first.end();
		await tick();
		expect([heavy.hasStarted(), light.hasStarted()]).toEqual([true, false]);
		heavy.end();
		await tick();
		light.end();
		await Promise.all(all);
	});
});
