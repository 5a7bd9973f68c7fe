import type { Limits } from '../checks.mts';
import type { Company } from '../company.mts';
import type { Documents } from '../documents.mts';
import type { PdfReader } from '../pdf/reader.mts';
import type { Clients } from '../tokens.mts';
import type { Storage } from '../upload.mts';

/** What the routes work on. */
export interface Context {
	documents: Documents;
	reader: PdfReader;
	storage: Storage;
	limits: Limits;
	/** How long an upload takes besides its transfer, in ms. */
	latencyMs: number;
	/** How long a request for results is held at most, in ms. */
	maxHoldMs: number;
	companyId: string;
	company: Company;
	/** Client ids that the company lookup knows. */
	clients: Clients;
}
