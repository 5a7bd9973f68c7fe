const { spawn } = require('node:child_process');
const { rm } = require('node:fs/promises');
const path = require('node:path');
const { dest, parallel, series, src, watch } = require('gulp');

/** What n8n reads beside code: icons, output schemas and where a node stands in the node panel. */
const STATIC_FILES = ['icons/*.svg', 'nodes/**/*.json'];

function clean() {
	return rm('dist', { recursive: true, force: true });
}

function compile() {
	return runTool('rollup', ['--config', '--silent', '--failAfterWarnings']);
}

function copyStaticFiles() {
	return src(STATIC_FILES, { base: '.' }).pipe(dest('dist'));
}

/** Keeps the copies current, for as long as it runs. */
function copyOnChange() {
	watch(STATIC_FILES, copyStaticFiles);
}

/** Writes the pages of docs/ that follow from the code. */
function docs() {
	return runTool('node', ['scripts/run.mjs', 'docs']);
}

/** Renews the output schemas from runs in a real n8n. */
function schemas() {
	return runTool('node', ['scripts/run.mjs', 'schemas']);
}

/** Renews the pictures of the documents from the editor of a real n8n. */
function pictures() {
	return runTool('node', ['scripts/run.mjs', 'pictures']);
}

function runTool(name, args) {
	const bin = path.join(__dirname, 'node_modules', '.bin');
	const env = { ...process.env, PATH: `${bin}${path.delimiter}${process.env.PATH}` };
	return spawn(name, args, { stdio: 'inherit', env, shell: process.platform === 'win32' });
}

/** Makes dist/, which is all that is published. */
const build = series(clean, parallel(compile, copyStaticFiles));

exports.build = build;
exports.copyOnChange = copyOnChange;
exports.docs = docs;
exports.pictures = pictures;
exports.schemas = schemas;
exports.default = build;
