import type { TriggerEvent } from './model';

interface Poller {
	triggerKey: string;
	workflowName: string;
	wanted: TriggerEvent[];
	/** In ms since 1970. */
	polledAt: number;
	aliveUntil: number;
}

const MIN_ALIVE_MS = 5 * 60_000;
const MAX_ALIVE_MS = 25 * 60 * 60_000;

/** By the company and tag; entries of the past are few and small. */
const pollers = new Map<string, Poller[]>();

/**
 * Notes that a trigger polls a tag, and finds another one that could miss documents if this one
 * removed the tag from them. n8n tells no trigger that it was deactivated, so one counts until it
 * misses its next polls.
 *
 * @param queue the company and tag
 */
export function notePolling(
	queue: string,
	self: { triggerKey: string; workflowName: string; wanted: TriggerEvent[]; nowMs: number },
): { isFirst: boolean; other?: { workflowName: string } } {
	const { nowMs, ...polling } = self;
	const alive = (pollers.get(queue) ?? []).filter(({ aliveUntil }) => nowMs < aliveUntil);
	const known = alive.find(({ triggerKey }) => triggerKey === self.triggerKey);
	const others = alive.filter((poller) => poller !== known);
	const aliveMs = known ? 2.5 * (nowMs - known.polledAt) : MAX_ALIVE_MS;
	const aliveUntil = nowMs + Math.max(MIN_ALIVE_MS, Math.min(MAX_ALIVE_MS, aliveMs));
	pollers.set(queue, [...others, { ...polling, polledAt: nowMs, aliveUntil }]);
	return {
		isFirst: !known,
		other: others.find(({ wanted }) => mayMiss(wanted, self.wanted)),
	};
}

/** A failed document may yet be completed, so a workflow that waits for that needs its tag too. */
function mayMiss(waitsFor: TriggerEvent[], removes: TriggerEvent[]): boolean {
	return (
		waitsFor.some((event) => removes.includes(event)) ||
		(waitsFor.includes('documentCompleted') && removes.includes('documentFailed'))
	);
}
