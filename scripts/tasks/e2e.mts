/** The packed package in a real n8n. An argument chooses test files by a part of their name. */
import { packPackage } from '../../test/e2e/harness/pack.mts';
import { runNodeTests } from '../lib/nodeTests.mts';
import { reportCounts } from '../lib/testCounts.mts';

process.stdout.write('Building and packing\n');
process.env.SYPHT_TARBALL = await packPackage();
const counts = await runNodeTests('test/e2e/*.test.mts', process.argv[2]);
await reportCounts(counts);
process.exitCode = counts.failed === 0 && counts.passed > 0 ? 0 : 1;
