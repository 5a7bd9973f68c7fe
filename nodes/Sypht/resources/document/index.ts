import { createReviewPage } from './createReviewPage';
import { downloadDocument } from './download';
import { extract } from './extract';
import { getDocument } from './get';
import { getPageImage } from './getPageImage';
import { getResults } from './getResults';
import { splitDocument } from './split';
import { storeDocument } from './store';
import { upload } from './upload';

export const document = [
	createReviewPage,
	downloadDocument,
	extract,
	getDocument,
	getPageImage,
	getResults,
	splitDocument,
	storeDocument,
	upload,
];
