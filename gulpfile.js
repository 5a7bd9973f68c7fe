const { spawn } = require('node:child_process');
const path = require('node:path');
const { series } = require('gulp');

/** Compiles the package into dist/ and copies icons and schemas, as n8n's own tool does it. */
function build() {
	return runTool('n8n-node', ['build']);
}

/** Writes the pages of docs/ that follow from the code, some of them from the compiled node. */
function writeDocs() {
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

exports.build = build;
exports.docs = series(build, writeDocs);
exports.pictures = pictures;
exports.schemas = schemas;
exports.default = build;
