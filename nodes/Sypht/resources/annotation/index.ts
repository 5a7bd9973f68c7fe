import { getAnnotations } from './getAll';
import { getAnnotationsByDocuments } from './getByDocuments';
import { setAnnotations } from './set';

export const annotation = [getAnnotations, getAnnotationsByDocuments, setAnnotations];
