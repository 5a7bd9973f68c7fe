const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const path = require('node:path');

/** Where n8n-core keeps its settings and binary files while Jest runs. */
module.exports = () => {
	const folder = mkdtempSync(path.join(tmpdir(), 'n8n-nodes-sypht-engine-'));
	process.env.N8N_USER_FOLDER = folder;
	process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
};
