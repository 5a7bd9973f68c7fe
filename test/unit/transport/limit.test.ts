import { sleep } from 'n8n-workflow';
import { Limit } from '../../../nodes/Sypht/transport/limit';

const tick = async () => await sleep(0);

it('runs no more than so many at once, in order, and goes on after a failure', async () => {
	const limit = new Limit(2);
	const started: number[] = [];
	const finish: Array<(fails: boolean) => void> = [];
	const tasks = [0, 1, 2, 3].map((task) =>
		limit
			.run(async () => {
				started.push(task);
				const fails = await new Promise<boolean>((resolve) => (finish[task] = resolve));
				if (fails) throw new Error(`task ${task}`);
				return task;
			})
			.catch((error: Error) => error.message),
	);

	await tick();
	expect(started).toEqual([0, 1]);
	expect(limit.isCrowded).toBe(true);
	finish[1](true);
	await tick();
	expect(started).toEqual([0, 1, 2]);
	finish[2](false);
	await tick();
	expect(started).toEqual([0, 1, 2, 3]);
	expect(limit.isCrowded).toBe(false);
	finish[0](false);
	finish[3](false);
	expect(await Promise.all(tasks)).toEqual([0, 'task 1', 2, 3]);
});
