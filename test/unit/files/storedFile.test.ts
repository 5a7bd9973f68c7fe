import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { CHUNK_BYTES, toDocumentFile } from '../../../nodes/Sypht/files/source/documentFile';
import { prepareFile } from '../../../nodes/Sypht/files/check/prepareFile';

const content = Buffer.concat([Buffer.from('%PDF-1.4\n'), Buffer.alloc(3_000_000, 'x')]);

/** A large file in n8n's storage, prepared and then sent this many times. */
async function send(storage: string, times: number) {
	let opened = 0;
	const helpers = {
		async *getBinaryStream(_id: string, chunkBytes: number) {
			opened++;
			const piece = storage === 'database' ? content.length : chunkBytes;
			for (let at = 0; at < content.length; at += piece) yield content.subarray(at, at + piece);
		},
	};
	const binary: IBinaryData = {
		id: `${storage}:1`,
		data: storage,
		mimeType: 'application/pdf',
		bytes: content.length,
	};
	const context = { helpers } as unknown as IExecuteFunctions;
	const prepared = await prepareFile(context, toDocumentFile(context, binary), undefined);
	const sent: Uint8Array[][] = [];
	for (let time = 0; time < times; time++) {
		const chunks: Uint8Array[] = [];
		for await (const chunk of prepared.read()) chunks.push(chunk);
		sent.push(chunks);
	}
	return { opened, sent };
}

it.each([
	['on disk', 'filesystem-v2', 3],
	['in the database, which returns nothing less than the file', 'database', 1],
])('a large file %s is sent in chunks, as often as it takes', async (_place, storage, openings) => {
	const { opened, sent } = await send(storage, 2);
	expect(opened).toBe(openings);
	for (const chunks of sent) {
		expect(Buffer.concat(chunks).equals(content)).toBe(true);
		expect(Math.max(...chunks.map(({ length }) => length))).toBeLessThanOrEqual(CHUNK_BYTES);
	}
});
