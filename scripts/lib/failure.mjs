/** Something that the person at the keyboard can do something about: told as it is, without a stack. */
export class Failure extends Error {}

/** Turns what npm printed into a sentence that helps. */
export function explainNpm(task, output, logFile) {
	const more = `npm's own words are in ${logFile}.`;
	if (/spawn npm ENOENT|Cannot find module .*npm-cli/.test(output))
		return new Failure(`${task}: npm was not found. It comes with Node from nodejs.org.`);
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
	if (/gyp ERR!/.test(output)) {
		return new Failure(
			`${task}: it had to be compiled, and that did not work. Install Python 3, make and a C++ compiler and try again. ${more}`,
		);
	}
	return new Failure(`${task}: npm did not get through. ${more}`);
}
