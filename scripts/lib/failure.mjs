/** Something that the person at the keyboard can do something about: told as it is, without a stack. */
export class Failure extends Error {}

/** Turns what npm printed into a sentence that helps. */
export function explainNpm(task, output, logFile) {
	const more = `npm's own words are in ${logFile}.`;
	if (/ENOSPC/.test(output))
		return new Failure(`${task}: the disk is full. Free some space and try again.`);
	if (/ENOTFOUND|ECONNREFUSED|EAI_AGAIN|ETIMEDOUT|ECONNRESET|network/i.test(output)) {
		return new Failure(
			`${task}: npm could not reach its registry. Check the network, a proxy that may be needed, and "npm config get registry". ${more}`,
		);
	}
	if (/E404|ETARGET/.test(output)) {
		return new Failure(`${task}: the registry that npm uses does not have a package. ${more}`);
	}
	return new Failure(`${task}: npm did not get through. ${more}`);
}
