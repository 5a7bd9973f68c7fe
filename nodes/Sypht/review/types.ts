import type { ReviewField, ReviewTable } from '../results';

export interface PageImage {
	/** From 1. */
	number: number;
	mimeType: string;
	base64: string;
}

export interface OmittedPages {
	numbers: number[];
	/** Completes "Pages 2 and 3 are not shown: …", such as `no field to review is on them`. */
	reason: string;
}

export interface ReviewDocument {
	fileId: string;
	fields: ReviewField[];
	tables: ReviewTable[];
	pages: PageImage[];
	omittedPages?: OmittedPages[];
}

export interface ReviewPageOptions {
	title: string;
	/** The confidence, 0 to 1, below which a field is doubtful. Only shown; fields are judged before. */
	threshold?: number;
	/** Where the page posts the values and the decision. Without it the page is read-only. */
	submitUrl?: string;
}
