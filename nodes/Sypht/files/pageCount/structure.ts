/** What the structure of a PDF or TIFF says about it. */
export interface FileStructure {
	/** Undefined when the number can't be told for sure. */
	pages?: number;
	/** Whether what readers need at the end is missing for certain. */
	isCutOff?: boolean;
	/** How a PDF is encrypted, if it is. */
	encryption?: Encryption;
	/** Characters of a PDF looked at, the measure of the work done. */
	steps?: number;
}

/** The dictionaries of a PDF that has a password, which may be empty. */
export interface Encryption {
	trailer: string;
	/** The one of the password. */
	handler: string;
}
