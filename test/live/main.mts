/**
 * The same checks against a real account: takes a sample invoice through the service, and writes down
 * what that tells of questions which no published source answers.
 */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { checkService } from './check.mts';
import { readAccount } from './account.mts';
import { makeReport } from './report.mts';

const NOT_RUN = 2;

const account = readAccount(process.env);
if (account) await check(account);
else refuse();

async function check(credential: ICredentialDataDecryptedObject): Promise<void> {
	const outcome = await checkService(credential);
	const file = path.resolve(process.env.SYPHT_FINDINGS ?? 'live-findings.md');
	const report = makeReport(outcome, credential, new Date());
	await writeFile(file, report);
	process.stdout.write(`${report}\nWritten to ${file}\n`);
	process.exitCode = outcome.steps.some(({ error }) => error !== undefined) ? 1 : 0;
}

/** Not to be taken for a check that passed: the exit code is not 0 either. */
function refuse(): void {
	process.stdout.write(
		'Not run: SYPHT_CLIENT_ID and SYPHT_CLIENT_SECRET are not set, so nothing was sent and nothing was checked.\n' +
			'With them, this check uploads one sample invoice, which the account may be charged for.\n',
	);
	process.exitCode = NOT_RUN;
}
