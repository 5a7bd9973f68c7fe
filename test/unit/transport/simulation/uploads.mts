import type { AdaptiveLimit } from '../../../../nodes/Sypht/transport/adaptiveLimit';
import type { Service } from './services.mts';
import type { VirtualTime } from './virtualTime.mts';

export interface Outcome {
	durationMs: number;
	failed: number;
	/** Uploads that were sent and refused, as a share of the documents. */
	inVain: number;
}

/** As requests to a service that only refuses are given up. */
const BUSY_WINDOW_MS = 120_000;

/** Uploads documents as the node does: each attempt in a turn, refused ones again. */
export async function uploadAll(
	time: VirtualTime,
	service: Service,
	limit: AdaptiveLimit,
	documents: number,
): Promise<Outcome> {
	const startedAt = time.now;
	let failed = 0;
	let refused = 0;
	const upload = async () =>
		await limit.run(async (turn) => {
			for (;;) {
				const answer = await service.send();
				if (answer.kind === 'accepted') return turn.accepted();
				if (answer.kind === 'timedOut') {
					failed++;
					return turn.timedOut();
				}
				refused++;
				turn.refused(answer.retryAfterMs);
				const waitedMs = time.now - turn.refusingSince();
				if (waitedMs + (answer.retryAfterMs ?? 0) > BUSY_WINDOW_MS) {
					failed++;
					return;
				}
				await turn.renew();
			}
		});
	await Promise.all(Array.from({ length: documents }, upload));
	return { durationMs: time.now - startedAt, failed, inVain: refused / documents };
}
