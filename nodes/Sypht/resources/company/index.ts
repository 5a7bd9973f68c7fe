import { getCompany } from './get';

export const company = [getCompany];
