/**
 * What the structure of a PDF or TIFF says about it, read while its chunks go by. The work is linear
 * in the number of bytes, and work and memory are bounded: beyond that, nothing is known.
 */
export interface FileStructure {
	/** Undefined when the number can't be told for sure. */
	pages?: number;
	/** Whether what readers need at the end is missing for certain. */
	isCutOff?: boolean;
	/** How a PDF is encrypted, if it is. */
	encryption?: Encryption;
	/** Whether a PDF is only the cover of an encrypted one (ISO 32000-2, 7.6.7). */
	isCover?: boolean;
	/** Characters of a PDF looked at, the measure of the work done. */
	steps?: number;
}

/** The dictionaries of a PDF that say how it is encrypted. */
export interface Encryption {
	trailer: string;
	/** For whom: those who know a password, which may be empty, or certain people. */
	handler: string;
}
