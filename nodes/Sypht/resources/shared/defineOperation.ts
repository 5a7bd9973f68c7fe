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
import { readItemFields, resolveFields, type SetValues } from '../../fields/readFields';
import { isObject } from '../../http/isObject';
import { AdaptiveLimit, type Turn } from '../../transport/adaptiveLimit';
import { requestSypht } from '../../transport/request';
import type { SyphtRequest } from '../../transport/types';
import type { OutputItem } from './itemErrors';
import { runItems, type ItemRun, type RunObserver } from './runItems';

/** An operation of the node, as the editor and the dispatch see it. */
export interface Operation {
	/** Its entry in the Operation list and the node panel. */
	option: INodePropertyOptions & { value: string };
	/** The parameters of this operation alone. */
	properties: INodeProperties[];
	execute(context: IExecuteFunctions): Promise<INodeExecutionData[]>;
}

/** A request of an operation; the signal is that of the run. */
export type Call = Omit<SyphtRequest, 'signal'>;

/** What `run` works with. */
export interface Session<Shared> extends ItemRun {
	/** What `start` returned for this execution of the node. */
	shared: Shared;
	/** The place of the item among those that run, which learns from requests; an operation with `start` has none. */
	turn?: Turn;
	/** Sends a request and returns the body of the answer. */
	send(call: Call): Promise<unknown>;
}

/** What `plan` works with, in addition to the values of the item. */
export type InputItem<Shared> = Pick<ItemRun, 'context' | 'itemIndex'> & { shared: Shared };

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

interface Steps<Values, Shared, Document> {
	/**
	 * Makes what a whole run shares, such as limits, from the values of the first item. An operation
	 * with `start` bounds its own requests; any other runs as many items at once as Sypht accepts.
	 */
	start?(context: IExecuteFunctions, values: Values): Shared;
	/**
	 * Lists the documents of an item. Without it the item is one, and `run` gets its values, completed by
	 * what only Sypht knows.
	 */
	plan?(values: Values, item: InputItem<Shared>): Document[] | Promise<Document[]>;
	/** Takes one document through, and returns its output. */
	run(document: Document, session: Session<Shared>): Promise<OutputItem[]>;
	/** What follows the progress of the run. */
	observe?(shared: Shared): RunObserver;
}

const ADVICE_IF_ACCEPTED =
	'The request may still have been completed. Check in Sypht before you run this again.';

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
	type Values = SetValues<Fields, Options>;
	const { name, value, action, description, fields } = definition;
	const options = (definition.options ?? []) as Options;
	const set = { fields, options };
	const steps = ('run' in definition ? definition : toSteps(definition)) as Steps<
		Values,
		Shared,
		Document
	>;

	return {
		option: { name, value, action, description },
		properties: [...fields.map(({ property }) => property), ...optionsCollection(options)],

		async execute(context) {
			const limit = steps.start ? undefined : new AdaptiveLimit();
			let shared: Shared | undefined;
			return await runItems<Values | Document>(context, {
				async plan(itemIndex) {
					const values = readItemFields(context, itemIndex, set);
					shared ??= steps.start?.(context, values);
					const item = { context, itemIndex, shared: shared as Shared };
					return (await steps.plan?.(values, item)) ?? [values];
				},
				async run(planned, itemRun) {
					const runInTurn = async (turn?: Turn) => {
						const document = steps.plan
							? planned
							: await resolveFields(context, set, planned as Values);
						const { fileId } = document as { fileId?: unknown };
						if (typeof fileId === 'string' && fileId) itemRun.partialOutput.fileId = fileId;
						const { signal } = itemRun;
						const send = async (call: Call): Promise<unknown> => {
							const request = { adviceIfAccepted: ADVICE_IF_ACCEPTED, ...call, signal, turn };
							return (await requestSypht(context, request)).body;
						};
						const session = { ...itemRun, shared: shared as Shared, turn, send };
						return await steps.run(document as Document, session);
					};
					return await (limit ? limit.run(runInTurn, itemRun.signal) : runInTurn());
				},
				observe: () => shared && steps.observe?.(shared),
			});
		},
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
