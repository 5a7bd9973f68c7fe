import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import { setRecent } from '../http/recent';
import type { Seconds, TriggerState } from './model';
import { fromStored, toStored, type StoredState } from './storedState';

/** The state of a trigger while one poll works with it. */
export interface StateStore {
	/** Whether n8n stores what a poll writes and what it emits together, or neither. */
	isDurable: boolean;
	/** The state after the last poll, whose queue may have been another one. */
	readLast(): TriggerState | undefined;
	write(state: TriggerState): void;
}

/** How long n8n may take to store what a poll wrote. */
const MAX_COMMIT: Seconds = 60;

/** What this process wrote last for each trigger: n8n may not have stored it. */
const states = new Map<string, { state: TriggerState; stored: StoredState }>();
const revisions = new Map<string, { revision: number; writtenAt: Seconds }>();

/** Identifies a trigger; unlike its name its id never changes. */
export function toTriggerKey(context: IPollFunctions): string {
	return `${context.getWorkflow().id}/${context.getNode().id}`;
}

/**
 * Finds where n8n keeps the state of the trigger.
 *
 * n8n's durable pollers hand each poll a plain copy of the node's data and store it with the
 * execution. Otherwise the data is one observed object as long as the workflow is active, stored
 * whenever a poll emits. There the node's own data is kept under its name, so that of the workflow
 * is used, under the node's id; and what this process remembers is newer than what is stored.
 *
 * @returns undefined when n8n has not stored yet what the poll before wrote
 */
export function openStateStore(context: IPollFunctions, nowMs: number): StateStore | undefined {
	const nodeData = context.getWorkflowStaticData('node');
	const now = Math.floor(nowMs / 1000);
	const isDurable = !('__dataChanged' in nodeData);
	return isDurable ? openDurable(context, nodeData, now) : openObserved(context, nodeData, now);
}

function openObserved(context: IPollFunctions, nodeData: IDataObject, now: Seconds): StateStore {
	const triggerKey = toTriggerKey(context);
	const workflowData = context.getWorkflowStaticData('global');
	const dataKey = toDataKey(context);

	const readLast = () => {
		const known = states.get(triggerKey);
		const stored = workflowData[dataKey] ?? nodeData.state;
		if (known && stored === known.stored) return known.state;
		const state = fromStored(stored, { now, isCommitted: false });
		// An execution that began earlier may have put back an older state.
		return known && known.state.emissions >= (state?.emissions ?? 0) ? known.state : state;
	};
	return {
		isDurable: false,
		readLast,
		write(state) {
			const stored = toStored(state);
			workflowData[dataKey] = stored as unknown as IDataObject;
			delete nodeData.state;
			setRecent(states, triggerKey, { state, stored });
		},
	};
}

function openDurable(
	context: IPollFunctions,
	nodeData: IDataObject,
	now: Seconds,
): StateStore | undefined {
	const triggerKey = toTriggerKey(context);
	const revision = typeof nodeData.revision === 'number' ? nodeData.revision : 0;
	const last = revisions.get(triggerKey);
	// Polls can overlap: this one may hold a copy from before the last one was stored.
	if (last && last.revision > revision && now - last.writtenAt < MAX_COMMIT) return undefined;

	const ownData = nodeData.sypht ?? nodeData.state;
	const stored = ownData ?? context.getWorkflowStaticData('global')[toDataKey(context)];
	const state = fromStored(stored, { now, isCommitted: ownData !== undefined });
	return {
		isDurable: true,
		readLast: () => state,
		write(changed) {
			const next = toStored(changed);
			if (JSON.stringify(next) === JSON.stringify(nodeData.sypht)) return;
			nodeData.sypht = next as unknown as IDataObject;
			nodeData.revision = revision + 1;
			delete nodeData.state;
			setRecent(revisions, triggerKey, { revision: revision + 1, writtenAt: now });
		},
	};
}

function toDataKey(context: IPollFunctions): string {
	return `sypht ${context.getNode().id}`;
}
