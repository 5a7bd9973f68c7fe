import { updateSpecification } from './update';

export const specification = [updateSpecification];
