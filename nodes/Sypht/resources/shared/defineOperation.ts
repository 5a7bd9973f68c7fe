import type { GenericValue, IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { findCompanyId } from '../../api/company';
import { Limit } from '../../transport/limit';
import { requestSypht } from '../../transport/request';
import type { SyphtRequest } from '../../transport/types';
import type { Field, FieldValues } from '../../fields/field';
import { showWhile, toOptions, type Operation } from '../../fields/values';
import { runItems, type OutputItem } from './runItems';

/** A request of an operation; `repeat` is told by the method unless it is given. */
export type Call = Omit<SyphtRequest, 'repeat' | 'signal'> & Partial<Pick<SyphtRequest, 'repeat'>>;

/** What an operation of several steps works with. */
export interface Session {
	context: IExecuteFunctions;
	signal: AbortSignal;
	/** Sends a request and gives the body of the answer. */
	send(call: Call): Promise<unknown>;
}

interface Description<Fields extends readonly Field[], Options extends readonly Field[]> {
	name: string;
	value: string;
	action: string;
	description: string;
	fields: Fields;
	/** Fields that are shown under Options. */
	options?: Options;
	/** The switch that must be on for Options to be there; without it they always are. */
	showOptionsWhile?: string;
}

interface OneRequest<Values> {
	request(values: Values): Call;
	/** Without it the answer is passed on as it is. */
	toItems?(body: unknown, values: Values): IDataObject[];
}

interface Steps<Values> {
	run(values: Values, session: Session): Promise<OutputItem[]>;
}

/** How many items are worked on at the same time. */
const CONCURRENCY = 5;

const IF_TAKEN = 'Sypht may have done it all the same: look there before you run this again.';

/**
 * Makes an operation that runs once for each input item: from its fields and the request that their
 * values make, or, with `run`, from several steps.
 */
export function defineOperation<
	const Fields extends readonly Field[],
	const Options extends readonly Field[] = [],
>(
	definition: Description<Fields, Options> &
		(
			| OneRequest<FieldValues<Fields> & FieldValues<Options>>
			| Steps<FieldValues<Fields> & FieldValues<Options>>
		),
): Operation {
	type Values = FieldValues<Fields> & FieldValues<Options>;
	const { name, value, action, description, fields, showOptionsWhile } = definition;
	const options: readonly Field[] = definition.options ?? [];
	const collection = toCollection(options).map((property) =>
		showOptionsWhile ? showWhile(showOptionsWhile, property) : property,
	);
	const run = 'run' in definition ? definition.run : toSteps(definition).run;
	return {
		option: { name, value, action, description },
		properties: [...fields.map(({ property }) => property), ...collection],
		async execute(context) {
			const limit = new Limit(CONCURRENCY);
			return await runItems(
				context,
				(itemIndex): Array<Record<string, unknown>> => [
					readValues(context, itemIndex, fields, options),
				],
				async (values, { signal, once }) =>
					await limit.run(async () => {
						if (values.companyId === '') values.companyId = await findCompanyId(context);
						const session = openSession(context, signal);
						return await once(value, async () => await run(values as Values, session));
					}),
			);
		},
	};
}

/** Output items of these data. */
export function toItems(data: IDataObject[]): OutputItem[] {
	return data.map((json) => ({ json }));
}

/**
 * No source documents the answer, so it becomes output as it is.
 *
 * @param done what stands for an answer without content
 */
export function passOn(body: unknown, done: IDataObject = { success: true }): IDataObject {
	if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as IDataObject;
	return body === '' || body === undefined ? done : { data: body as GenericValue };
}

function toSteps<Values>({
	value,
	request,
	toItems: read,
}: OneRequest<Values> & { value: string }): Steps<Values> {
	const done = value === 'delete' ? { deleted: true } : { success: true };
	return {
		async run(values, { send }) {
			const body = await send(request(values));
			return toItems(read ? read(body, values) : [passOn(body, done)]);
		},
	};
}

function openSession(context: IExecuteFunctions, signal: AbortSignal): Session {
	return {
		context,
		signal,
		async send(call) {
			const repeat = call.method === 'POST' ? 'ifNotTaken' : 'always';
			const request: SyphtRequest = { repeat, ifTaken: IF_TAKEN, ...call, signal };
			return (await requestSypht(context, request)).body;
		},
	};
}

/**
 * Reads the fields of an item, and those under Options.
 *
 * @throws NodeOperationError when a value can't be used
 */
export function readValues<
	const Fields extends readonly Field[],
	const Options extends readonly Field[] = [],
>(
	context: IExecuteFunctions,
	itemIndex: number,
	fields: Fields,
	options: Options,
): FieldValues<Fields> & FieldValues<Options> {
	const given = options.length > 0 ? context.getNodeParameter('options', itemIndex, {}) : {};
	const values = [
		...fields.map(({ property, read }) => [
			property.name,
			read(context, context.getNodeParameter(property.name, itemIndex, property.default)),
		]),
		...options.map(({ property, read }) => [
			property.name,
			read(context, (given as IDataObject)[property.name]),
		]),
	];
	return Object.fromEntries(values) as FieldValues<Fields> & FieldValues<Options>;
}

/** Shows the fields under Options, if there are any. */
export function toCollection(options: readonly Field[]): INodeProperties[] {
	return options.length > 0 ? [toOptions(options.map(({ property }) => property))] : [];
}
