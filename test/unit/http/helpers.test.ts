import { setRecent } from '../../../nodes/Sypht/http/recent';
import { withTimeLimit } from '../../../nodes/Sypht/http/timeLimit';

it('a map of recent entries keeps those that were set last', () => {
	const map = new Map<string, number>();
	for (const key of ['a', 'b', 'a', 'c']) setRecent(map, key, 1, 2);
	expect([...map.keys()]).toEqual(['a', 'c']);
});

describe('a time limit', () => {
	const whenAborted = async (signal: AbortSignal) =>
		await new Promise((_resolve, reject) =>
			signal.addEventListener('abort', () => reject(new Error('aborted'))),
		);

	it('ends a task when the time is up', async () => {
		const timeout = new AbortController();
		jest.spyOn(AbortSignal, 'timeout').mockReturnValueOnce(timeout.signal);
		const task = withTimeLimit(5, undefined, whenAborted);
		timeout.abort();
		await expect(task).rejects.toThrow('aborted');
	});

	it('ends a task with the signal of its caller', async () => {
		const controller = new AbortController();
		const task = withTimeLimit(60_000, controller.signal, whenAborted);
		controller.abort();
		await expect(task).rejects.toThrow('aborted');
	});

	it('is over at once if the caller has stopped already', async () => {
		const isAborted = withTimeLimit(60_000, AbortSignal.abort(), async ({ aborted }) => aborted);
		expect(await isAborted).toBe(true);
	});
});
