import { registerHooks } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { makeTemporaryFolder } from '../e2e/harness/temporaryFolder.mts';
import { projectFolder } from '../e2e/harness/pack.mts';

// Read by n8n-core when it is loaded: it keeps its settings and binary files here.
process.env.N8N_USER_FOLDER = await makeTemporaryFolder('live');
process.env.N8N_LOG_LEVEL = 'silent';

/**
 * The engine's support for tests imports nodes and credentials as their source; here it gets what
 * the build made of them, and the same n8n-workflow that they load.
 */
registerHooks({
	resolve(specifier, context, nextResolve) {
		const [, compiled] = /^(?:\.\.\/)+((?:nodes|credentials)\/.+)$/.exec(specifier) ?? [];
		if (compiled && context.parentURL?.endsWith('.mts')) {
			const file = path.join(projectFolder, 'dist', `${compiled}.js`);
			return { url: pathToFileURL(file).href, format: 'commonjs', shortCircuit: true };
		}
		return specifier === 'n8n-workflow'
			? nextResolve(specifier, { ...context, conditions: ['node', 'require'] })
			: nextResolve(specifier, context);
	},
});
