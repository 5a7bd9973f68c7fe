/** @type {import('jest').Config} */
module.exports = {
	roots: ['unit', 'engine', 'fuzz'].map((folder) => `<rootDir>/test/${folder}`),
	globalSetup: '<rootDir>/test/engine/support/userFolder.js',
	setupFiles: ['<rootDir>/test/engine/support/environment.js'],
	// By default Jest leaves one core unused, which is half of two.
	maxWorkers: '100%',
	// A time-out is there to end what hangs, however busy the machine.
	testTimeout: 60_000,
	testMatch: ['**/*.test.{ts,mts}'],
	transform: {
		'^.+\\.m?ts$': [
			'@swc/jest',
			{ jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
		],
	},
	moduleFileExtensions: ['ts', 'mts', 'js', 'json', 'node'],
	coverageDirectory: 'node_modules/.cache/coverage',
	collectCoverageFrom: ['nodes/**/*.ts', 'credentials/**/*.ts'],
	coverageThreshold: { global: { lines: 95, branches: 90 } },
};
