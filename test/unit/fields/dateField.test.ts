import type { IExecuteFunctions } from 'n8n-workflow';
import { dateField } from '../../../nodes/Sypht/fields/field';

const field = dateField({ displayName: 'Day', name: 'day', type: 'dateTime', default: '' });

const read = (value: unknown, timeZone = 'UTC') => {
	const context = { getNode: () => ({ name: 'Sypht' }), getTimezone: () => timeZone };
	return field.read(context as unknown as IExecuteFunctions, value);
};

it.each([
	['a text', '2026-12-31', '2026-12-31'],
	['a time, by its own day', '2026-12-31T23:00:00.000+10:00', '2026-12-31'],
	['nothing', '', ''],
	['null', null, ''],
])('a day is read of %s', (_title, value, day) => {
	expect(read(value)).toBe(day);
});

it.each([
	['UTC', '2026-11-24'],
	['Australia/Sydney', '2026-11-25'],
	['America/Los_Angeles', '2026-11-24'],
])('the day of a Date is that in the time zone of the workflow: %s', (timeZone, day) => {
	expect(read(new Date('2026-11-24T14:30:00Z'), timeZone)).toBe(day);
});

it.each([['31/12/2026'], [17], [new Date(NaN)]])('%s is not a date', (value) => {
	expect(() => read(value)).toThrow('Day must be a date such as 2026-12-31');
});
