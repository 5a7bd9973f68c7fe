/** How a busy service treats uploads. */
export type UploadRule =
	/** Accepts this many at a time, and answers 429 to the others. */
	| { kind: 'atATime'; max: number }
	/** Accepts this many in any period of a second, and asks the others to wait for a second. */
	| { kind: 'perSecond'; max: number }
	/** Each upload takes the longer the more there are; throughput is best with `best` in flight. */
	| { kind: 'slowing'; best: number };

export type Verdict =
	| { kind: 'accepted'; delayMs: number }
	| { kind: 'refused'; retryAfter?: string };

const SECOND_MS = 1_000;

/**
 * Judges uploads in the order in which they arrive.
 *
 * @param latencyMs how long an upload takes in any case
 * @returns a function of the number of uploads in flight, the new one included
 */
export function createJudge(rule: UploadRule, latencyMs: number): (inFlight: number) => Verdict {
	let recent: number[] = [];
	return (inFlight) => {
		switch (rule.kind) {
			case 'atATime':
				return inFlight > rule.max ? { kind: 'refused' } : accepted(0);
			case 'perSecond': {
				const now = performance.now();
				recent = recent.filter((at) => at > now - SECOND_MS);
				if (recent.length >= rule.max) return { kind: 'refused', retryAfter: '1' };
				recent.push(now);
				return accepted(0);
			}
			case 'slowing':
				return accepted(latencyMs * (inFlight / rule.best) ** 2);
		}
	};
}

/** The time in which a service with this rule accepts a number of uploads at best. */
export function leastUploadMs(rule: UploadRule, uploads: number, latencyMs: number): number {
	switch (rule.kind) {
		case 'atATime':
			return Math.ceil(uploads / rule.max) * latencyMs;
		case 'perSecond':
			return (Math.ceil(uploads / rule.max) - 1) * SECOND_MS + latencyMs;
		case 'slowing':
			return Math.ceil(uploads / rule.best) * latencyMs * 2;
	}
}

function accepted(delayMs: number): Verdict {
	return { kind: 'accepted', delayMs };
}
