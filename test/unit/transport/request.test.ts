import { addTags } from '../../../nodes/Sypht/transport/tags';
import { CancelledError } from '../../../nodes/Sypht/transport/cancellation';

it('Stop ends a request that gets no signal of its own, between two tries as well', async () => {
	const stop = new AbortController();
	const ask = jest.fn(async () => {
		throw Object.assign(new Error(), { response: { status: 503, headers: {}, data: '' } });
	});
	const context = {
		getNode: () => ({ name: 'Sypht', type: 'n8n-nodes-sypht.sypht' }),
		getCredentials: async () => ({}),
		getExecutionCancelSignal: () => stop.signal,
		helpers: { httpRequestWithAuthentication: ask },
	};
	const adding = addTags(context as never, 'company', 'file-1', ['incoming']);
	setTimeout(() => stop.abort(), 50);
	await expect(adding).rejects.toThrow(CancelledError);
	expect(ask).toHaveBeenCalledTimes(1);
});
