import type {
	GenericValue,
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';
import { optionsCollection } from '../../fields/common';
import type { Field } from '../../fields/field';
import type { SetValues } from '../../fields/readFields';
import { isObject } from '../../http/isObject';
import type { OutputItem } from './itemErrors';
import { runItems, type Call, type Steps } from './runItems';

export type { Call, Session } from './runItems';

/** An operation of the node, as the editor and the dispatch see it. */
export interface Operation {
	/** Its entry in the Operation list and the node panel. */
	option: INodePropertyOptions & { value: string };
	/** The parameters of this operation alone. */
	properties: INodeProperties[];
	execute(context: IExecuteFunctions): Promise<INodeExecutionData[]>;
}

interface Description<Fields extends readonly Field[], Options extends readonly Field[]> {
	name: string;
	value: string;
	action: string;
	description: string;
	fields: Fields;
	/** Fields that are shown under Options. */
	options?: Options;
}

/** An operation that sends one request for each item, and returns the answer as it is. */
interface OneRequest<Values> {
	request(values: Values): Call;
	/** Stands for an answer without content; `{ success: true }` by default. */
	emptyAnswer?: IDataObject;
	/** Makes items of the answer. */
	toOutput?(body: unknown): IDataObject[];
}

/**
 * Makes an operation from its fields and what it does: `fields → (start) → (plan) → run`. The values of
 * all items are read and checked before the first request, so that a wrong parameter costs nothing.
 * Failures become error items, and the output keeps the order of the input and its pairing.
 */
export function defineOperation<
	const Fields extends readonly Field[],
	const Options extends readonly Field[] = [],
	Shared = undefined,
	Document = SetValues<Fields, Options>,
>(
	definition: Description<Fields, Options> &
		(OneRequest<SetValues<Fields, Options>> | Steps<SetValues<Fields, Options>, Shared, Document>),
): Operation {
	const { name, value, action, description, fields } = definition;
	const { options = [] } = definition;
	const steps = ('run' in definition ? definition : toSteps(definition)) as Steps<
		SetValues<Fields, Options>,
		Shared,
		Document
	>;

	return {
		option: { name, value, action, description },
		properties: [...fields.map(({ property }) => property), ...optionsCollection(options)],
		execute: async (context) => await runItems(context, { fields, options }, steps),
	};
}

/** Makes output items of JSON data. */
export function toOutput(data: IDataObject[]): OutputItem[] {
	return data.map((json) => ({ json }));
}

/** Makes JSON data of an answer whose content is undocumented. */
export function toJson(body: unknown, emptyAnswer: IDataObject = { success: true }): IDataObject {
	if (isObject(body)) return body as IDataObject;
	return body === '' || body === undefined ? emptyAnswer : { data: body as GenericValue };
}

function toSteps<Values>({
	value,
	request,
	emptyAnswer,
	toOutput: read = (body) => [toJson(body, emptyAnswer)],
}: OneRequest<Values> & { value: string }): Steps<Values, undefined, Values> {
	return {
		run: async (values, { once, send }) =>
			await once(value, async () => toOutput(read(await send(request(values))))),
	};
}
