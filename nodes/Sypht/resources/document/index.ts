import { extract } from './extract';
import { getResults } from './getResults';
import { upload } from './upload';

export const document = [extract, getResults, upload];
