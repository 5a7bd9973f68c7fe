import { Sypht } from '../../nodes/Sypht/Sypht.node';
import { makeOperationsDocs, readOperationsDocs } from '../../scripts/lib/operationsDocs.mts';
import pythonClient from '../data/pythonClient.json';

const { properties } = new Sypht().description;

it('docs/operations.md is what `npm run docs` writes', async () => {
	expect(await readOperationsDocs()).toBe(makeOperationsDocs(properties, pythonClient));
});

it.each(pythonClient.map(({ call }) => [call]))(
	"the Python client's %s has a row",
	async (call) => {
		const rows = (await readOperationsDocs()).split('\n');
		expect(rows.filter((row) => row.startsWith('|') && row.includes(`\`${call}\``))).toHaveLength(
			1,
		);
	},
);
