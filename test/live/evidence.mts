import type { Exchange } from './traffic.mts';

/** What the requests of the nodes have shown. */
export interface Evidence {
	exchanges: Exchange[];
	/** The document that was uploaded. */
	fileId?: string;
}
