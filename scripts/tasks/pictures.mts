/** Takes the pictures in docs/images in the editor of a real n8n. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { packPackage, projectFolder } from '../../test/e2e/harness/pack.mts';
import { takePictures } from '../../test/e2e/harness/pictures.mts';

process.env.SYPHT_TARBALL = await packPackage();
for (const [name, picture] of Object.entries(await takePictures())) {
	await writeFile(path.join(projectFolder, 'docs', 'images', name), picture);
	process.stdout.write(`${name}\n`);
}
