const { spawn } = require('node:child_process');
const path = require('node:path');

/** Compiles the package into dist/ and copies icons and schemas, as n8n's own tool does it. */
function build() {
	return runTool('n8n-node', ['build']);
}

/** Writes the pages of docs/ that follow from the code. */
function docs() {
	return spawn(process.execPath, ['scripts/run.mjs', 'docs'], { stdio: 'inherit', cwd: __dirname });
}

function runTool(name, args) {
	const bin = path.join(__dirname, 'node_modules', '.bin');
	const env = { ...process.env, PATH: `${bin}${path.delimiter}${process.env.PATH}` };
	return spawn(name, args, { stdio: 'inherit', env, shell: process.platform === 'win32' });
}

exports.build = build;
exports.docs = docs;
exports.default = build;
