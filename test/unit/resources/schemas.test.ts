import { Sypht } from '../../../nodes/Sypht/Sypht.node';
import { listOperations } from '../../../scripts/lib/operationsDocs.mts';
import { listProjectFiles, readProjectFile } from '../support/projectFiles.mts';

/** Where n8n looks for the schemas of a node of version 1. */
const FOLDER = 'nodes/Sypht/__schema__/v1.0.0';
const TRIGGER = 'output.json';

const { properties, version } = new Sypht().description;
const files = listProjectFiles(FOLDER);

it('each operation has an output schema, and each schema an operation', () => {
	const operations = listOperations(properties).map((name) => `${name.replace('.', '/')}.json`);
	expect(files.toSorted()).toEqual([...operations, TRIGGER].toSorted());
});

it('the schemas are those of the version that the node has', () => {
	expect(version).toBe(1);
});

it.each(files)('%s has fields: the editor skips a schema without any', (file) => {
	const schema = JSON.parse(readProjectFile(`${FOLDER}/${file}`)) as { properties: object };
	expect(Object.keys(schema.properties)).not.toHaveLength(0);
});
