/** The checks against a real account, with the package as it is built. */
import { buildPackage } from '../../test/e2e/harness/pack.mts';

await buildPackage();
await import('../../test/live/main.mts');
