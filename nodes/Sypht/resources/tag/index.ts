import { addDocuments, getDocuments, removeDocuments, setDocuments } from './documents';
import { addTags, getTags, setTags } from './documentTags';
import { createTag, deleteTag, getTag } from './tags';

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
