import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../http/isObject';
import { toUnexpectedAnswerError } from '../../transport/errors';
import { collectPages } from '../shared/collectPages';
import { toOutput, type Call, type Session } from '../shared/defineOperation';
import type { OutputItem } from '../shared/itemErrors';

const TASK = 'get the annotations';

/** Gets annotations, whose content is undocumented. Pages begin at 0; the one after the last is empty. */
export async function collectAnnotations(
	{ context, send }: Session<undefined>,
	max: number,
	toRequest: (offset: number) => Omit<Call, 'task'>,
): Promise<OutputItem[]> {
	const getPage = async (offset: number) => {
		const body = await send({ ...toRequest(offset), task: TASK });
		const { annotations } = isObject(body) ? body : {};
		if (!Array.isArray(annotations)) {
			const advice = 'It has no list of annotations.';
			throw await toUnexpectedAnswerError(context, { task: TASK }, body, advice);
		}
		const entries = annotations as IDataObject[];
		return { entries, next: entries.length > 0 ? offset + 1 : undefined };
	};
	return toOutput(await collectPages(context, 0, getPage, max));
}
