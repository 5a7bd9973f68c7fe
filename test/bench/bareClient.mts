/**
 * The least that a program can do: uploads and waits with Node's own fetch, a number of documents at
 * a time, and sends again what is refused. Prints what it took as JSON.
 */
import { openAsBlob } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const PAUSE_MS = 1_000;

const [url, folder, concurrency] = process.argv.slice(2);
const token = await fetchToken();
const names = (await readdir(folder)).sort();
const paths = names.map((name) => path.join(folder, name));

const startedAt = performance.now();
const cpuBefore = process.cpuUsage();
const uploaded: string[] = [];
await eachOf(paths, async (filePath) => {
	uploaded.push(await upload(filePath));
});
await eachOf(uploaded, waitFor);
const { user, system } = process.cpuUsage(cpuBefore);
const wallMs = performance.now() - startedAt;
process.stdout.write(JSON.stringify({ wallMs, cpuSeconds: (user + system) / 1e6 }));

async function upload(filePath: string): Promise<string> {
	const form = new FormData();
	form.append('products', '["invoices"]');
	form.append('fileToUpload', await openAsBlob(filePath), path.basename(filePath));
	const { fileId } = (await call('/fileupload', { method: 'POST', body: form })) as {
		fileId: string;
	};
	return fileId;
}

async function waitFor(fileId: string): Promise<void> {
	await call(`/result/final/${fileId}?timeout=20000`);
}

async function call(resource: string, init: RequestInit = {}): Promise<unknown> {
	const headers = { Authorization: `Bearer ${token}` };
	for (;;) {
		const answer = await fetch(`${url}${resource}`, { ...init, headers });
		if (answer.ok) return await answer.json();
		await answer.arrayBuffer();
		if (answer.status !== 429) throw new Error(`${resource} gave ${answer.status}`);
		await sleep(PAUSE_MS);
	}
}

async function fetchToken(): Promise<string> {
	const answer = await fetch(`${url}/oauth2/token`, {
		method: 'POST',
		headers: { Authorization: `Basic ${btoa('simulator:simulator-secret')}` },
		body: new URLSearchParams({ grant_type: 'client_credentials', client_id: 'simulator' }),
	});
	return ((await answer.json()) as { access_token: string }).access_token;
}

async function eachOf<T>(values: T[], work: (value: T) => Promise<void>): Promise<void> {
	const queue = values[Symbol.iterator]();
	const workers = Array.from({ length: Number(concurrency) }, async () => {
		for (const value of queue) await work(value);
	});
	await Promise.all(workers);
}
