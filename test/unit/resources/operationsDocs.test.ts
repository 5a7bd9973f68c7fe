import { Sypht } from '../../../nodes/Sypht/Sypht.node';
import { makeOperationsDocs, OPERATIONS_DOCS } from '../../../scripts/lib/operationsDocs.mts';
import { readText } from '../support/text.mts';
import pythonClient from '../../data/pythonClient.json';

const { properties } = new Sypht().description;

it('docs/operations.md is what `npm run docs` writes', async () => {
	expect(await readText(OPERATIONS_DOCS)).toBe(makeOperationsDocs(properties, pythonClient));
});

it.each(pythonClient.map(({ call }) => [call]))(
	"the Python client's %s has a row",
	async (call) => {
		const rows = (await readText(OPERATIONS_DOCS)).split('\n');
		expect(rows.filter((row) => row.startsWith('|') && row.includes(`\`${call}\``))).toHaveLength(
			1,
		);
	},
);
