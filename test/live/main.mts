/**
 * Checks the nodes against a real account, and asks the service what no public source says. Everything
 * that is seen goes into a report, which holds nothing of the account.
 */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { readAccount } from './account.mts';
import { checkNodes } from './check.mts';
import { describeCost, isAgreed } from './consent.mts';
import { interview } from './interview.mts';
import { makeReport } from './report.mts';

/** Not 0, so that it does not look like a check that passed. */
const NOT_RUN = 2;

const { values } = parseArgs({ options: { yes: { type: 'boolean', default: false } } });
const account = readAccount(process.env);
process.stdout.write(`${describeCost()}\n`);
if (!account) {
	refuse('SYPHT_CLIENT_ID and SYPHT_CLIENT_SECRET are not set');
} else if (await isAgreed(values.yes)) {
	await check(account);
} else {
	refuse('it was not agreed to. Answer y at a terminal, or add -- --yes');
}

async function check(credential: ICredentialDataDecryptedObject): Promise<void> {
	const products = process.env.SYPHT_PRODUCTS ?? 'invoices';
	const { steps, evidence } = await checkNodes(credential, products);
	const seen = await interview(credential, evidence, products);
	const report = makeReport(steps, seen, credential, new Date());
	const file = path.resolve(process.env.SYPHT_FINDINGS ?? 'live-findings.md');
	await writeFile(file, report);
	process.stdout.write(`${report}\nWritten to ${file}\n`);
	process.exitCode = steps.some(({ error }) => error !== undefined) ? 1 : 0;
}

function refuse(reason: string): void {
	process.stdout.write(`Not run: ${reason}. Nothing was sent, and nothing was checked.\n`);
	process.exitCode = NOT_RUN;
}
