const { spawn } = require('node:child_process');
const { rm } = require('node:fs/promises');
const { dest, parallel, series, src, watch } = require('gulp');

/** What n8n reads besides code: icons, output schemas, and each node's place in the node panel. */
const STATIC_FILES = ['icons/*.svg', 'nodes/**/*.json'];

function clean() {
	return rm('dist', { recursive: true, force: true });
}

function compile() {
	const rollup = require.resolve('rollup/dist/bin/rollup');
	const args = [rollup, '--config', '--silent', '--failAfterWarnings'];
	return spawn(process.execPath, args, { stdio: 'inherit' });
}

function copyStaticFiles() {
	return src(STATIC_FILES, { base: '.' }).pipe(dest('dist'));
}

/** Keeps the copies up to date while it runs. */
function copyOnChange() {
	watch(STATIC_FILES, copyStaticFiles);
}

/** Makes dist/, the only folder that is published. */
const build = series(clean, parallel(compile, copyStaticFiles));

exports.build = build;
exports.copyOnChange = copyOnChange;
exports.default = build;
