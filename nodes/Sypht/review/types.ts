/** A field as a person reviews it. */
export interface ReviewField {
	/** Sypht's name, such as `invoice.total`. */
	name: string;
	value: string;
	/** 0 to 1. */
	confidence?: number;
	isDoubtful: boolean;
	/** From 1. */
	page?: number;
	box?: Box;
}

/** Where a field is on its page, in fractions of the page's width and height. */
export interface Box {
	left: number;
	top: number;
	width: number;
	height: number;
}

/** A field with line items. */
export interface ReviewTable {
	name: string;
	columns: string[];
	rows: string[][];
}

export interface PageImage {
	/** From 1. */
	number: number;
	mimeType: string;
	base64: string;
}

/** Pages that are left out for the same reason. */
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
