import {
	CancelledError,
	orCancelled,
	pause,
	throwIfCancelled,
} from '../../../nodes/Sypht/transport/cancellation';

it('a pause ends at once when the signal is raised', async () => {
	const controller = new AbortController();
	const pausing = pause(60_000, controller.signal);
	controller.abort();
	await expect(pausing).rejects.toThrow(CancelledError);
});

it('a pause with a signal that was raised before does not begin', async () => {
	await expect(pause(60_000, AbortSignal.abort())).rejects.toThrow(CancelledError);
});

it('a pause that is not cancelled takes the full time', async () => {
	await expect(pause(1, new AbortController().signal)).resolves.toBeUndefined();
	await expect(pause(1, undefined)).resolves.toBeUndefined();
});

it('a cancelled wait does not wait for its promise', async () => {
	const controller = new AbortController();
	const waiting = orCancelled(new Promise(() => {}), controller.signal);
	controller.abort();
	await expect(waiting).rejects.toThrow(CancelledError);
	await expect(orCancelled(Promise.resolve(1), undefined)).resolves.toBe(1);
});

it('throws only when the signal is raised', () => {
	expect(() => throwIfCancelled(undefined)).not.toThrow();
	expect(() => throwIfCancelled(new AbortController().signal)).not.toThrow();
	expect(() => throwIfCancelled(AbortSignal.abort())).toThrow('stopped');
});
