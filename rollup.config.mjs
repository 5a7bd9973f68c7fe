import { readFileSync } from 'node:fs';
import typescript from '@rollup/plugin-typescript';

const { n8n } = JSON.parse(readFileSync('package.json', 'utf8'));

/** What n8n is told to load, without `dist/` and extension. */
const entries = [...n8n.credentials, ...n8n.nodes].map((file) =>
	file.slice('dist/'.length, -'.js'.length),
);

/**
 * The modules become one file beside the ones that n8n is told to load: each file that n8n has to
 * find, read and compile makes its start longer.
 */
export default {
	input: Object.fromEntries(entries.map((entry) => [entry, `${entry}.ts`])),
	external: [/^node:/, 'n8n-workflow'],
	plugins: [typescript({ compilerOptions: { module: 'esnext' }, noEmitOnError: true })],
	output: {
		dir: 'dist',
		format: 'cjs',
		generatedCode: { constBindings: true },
		hoistTransitiveImports: false,
		chunkFileNames: '[name].js',
		manualChunks: (id, { getModuleInfo }) => (getModuleInfo(id).isEntry ? undefined : 'shared'),
	},
	watch: { clearScreen: false },
};
