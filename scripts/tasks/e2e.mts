/**
 * Tests the packed package in a real n8n, and the review page in a browser. Arguments select test
 * files by parts of their names.
 */
import { packPackage } from '../../test/e2e/harness/pack.mts';
import { offerSharedN8n } from '../../test/e2e/harness/sharedN8n.mts';
import { step } from '../lib/step.mjs';
import { runNodeTests } from '../lib/nodeTests.mts';
import { reportCounts } from '../lib/testCounts.mts';

process.env.SYPHT_TARBALL = await step('Package built', packPackage);
await using _ = await offerSharedN8n();
// A signal to this process alone would leave the tests running, and n8n with them.
const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => stop.abort());
const filters = process.argv.slice(2);
const counts = await runNodeTests('test/{browser,e2e}/*.test.mts', {
	filters: filters.length > 0 ? filters : undefined,
	// Much of their time is spent waiting.
	concurrency: 3,
	longest: 'trigger',
	signal: stop.signal,
});
await reportCounts(counts);
process.exitCode = counts.failed === 0 && counts.passed > 0 ? 0 : 1;
