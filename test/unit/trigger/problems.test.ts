import type { Problems } from '../../../nodes/Sypht/trigger/model';
import { noteProblem } from '../../../nodes/Sypht/trigger/pollProblems';
import { MINUTE, NOON } from './builders';

/** The minutes at which a problem is reported that is met in every poll. */
function listReports({ needsPerson, minutes }: { needsPerson: boolean; minutes: number }) {
	let problems: Problems = {};
	const reports: number[] = [];
	for (let minute = 0; minute <= minutes; minute++) {
		const now = NOON + minute * MINUTE;
		const noted = noteProblem(problems, { kind: 'poll', needsPerson, now });
		if (noted.isReportDue) reports.push(minute);
		({ problems } = noted);
	}
	return reports;
}

it('reports what needs a person at once, and then once a day', () => {
	expect(listReports({ needsPerson: true, minutes: 1500 })).toEqual([0, 1440]);
});

it('reports what may pass after an hour, and then once a day', () => {
	expect(listReports({ needsPerson: false, minutes: 59 })).toEqual([]);
	expect(listReports({ needsPerson: false, minutes: 1600 })).toEqual([60, 1500]);
});

it('starts anew when the problem was gone in between', () => {
	const { problems } = noteProblem({}, { kind: 'poll', needsPerson: false, now: NOON });
	const cleared = { ...problems, poll: undefined };
	const again = { kind: 'poll', needsPerson: false, now: NOON + 60 * MINUTE } as const;
	expect(noteProblem(cleared, again).isReportDue).toBe(false);
	expect(noteProblem(problems, again).isReportDue).toBe(true);
});
