import { readErrorStream } from '../../../nodes/Sypht/transport/errorStream';

it('no more of a refusal is kept than a message can be long, however large its chunks', async () => {
	async function* sendAtOnce() {
		yield Buffer.alloc(64 * 1024, '%2541&amp;amp; ');
	}
	const failure = { kind: 'status', statusCode: 403, body: sendAtOnce() } as const;
	const { body } = (await readErrorStream(failure, undefined)) as { body: string };
	expect(body.length).toBeLessThanOrEqual(10_000);
});
