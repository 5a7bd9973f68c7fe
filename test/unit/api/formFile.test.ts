import { sleep } from 'n8n-workflow';
import { toFormFile } from '../../../nodes/Sypht/api/upload';

/** A file of two chunks, and how many readings of it are open. */
function createFile() {
	const counts = { open: 0 };
	const prepared = {
		name: 'a.pdf',
		mimeType: 'application/pdf',
		size: 2,
		async *read() {
			counts.open++;
			try {
				yield Buffer.from('a');
				yield Buffer.from('b');
			} finally {
				counts.open--;
			}
		},
	};
	return { counts, ...toFormFile(prepared) };
}

const readAll = async (file: File) => await new Response(file.stream()).text();

it('a file can be read as often as it is sent', async () => {
	const { file, counts } = createFile();
	expect(file.size).toBe(2);
	expect([await readAll(file), await readAll(file)]).toEqual(['ab', 'ab']);
	expect(counts.open).toBe(0);
});

it('a reading that was left in the middle is ended', async () => {
	const { file, counts, close } = createFile();
	const reader = file.stream().getReader();
	await reader.read();
	await readAll(file);
	expect(counts.open).toBe(1);
	close();
	await sleep(0);
	expect(counts.open).toBe(0);
});
