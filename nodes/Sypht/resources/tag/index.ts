import { addDocuments } from './addDocuments';
import { addTags } from './addTags';
import { createTag } from './create';
import { deleteTag } from './delete';
import { getTag } from './get';
import { getDocuments } from './getDocuments';
import { getTags } from './getTags';
import { removeDocuments } from './removeDocuments';
import { setDocuments } from './setDocuments';
import { setTags } from './setTags';

export const tag = [
	addDocuments,
	addTags,
	createTag,
	deleteTag,
	getTag,
	getDocuments,
	getTags,
	removeDocuments,
	setDocuments,
	setTags,
];
