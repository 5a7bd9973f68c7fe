/**
 * Calls the service as Sypht's published clients do: the Node client in `loginNow`,
 * `loginAsBefore2020`, `uploadFile` and `fetchResults`, the Python client in `createFile` and
 * `runWorkflow`.
 */
export class OfficialClient {
	private readonly url: string;

	private token = '';

	constructor(url: string) {
		this.url = url;
	}

	async loginNow(id: string, secret: string): Promise<Response> {
		const answer = await fetch(`${this.url}/oauth2/token`, {
			method: 'POST',
			headers: {
				Accept: 'application/json',
				'Content-Type': 'application/x-www-form-urlencoded',
				Authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
			},
			body: `client_id=${id}&grant_type=client_credentials`,
		});
		return await this.keepToken(answer);
	}

	async loginAsBefore2020(id: string, secret: string): Promise<Response> {
		const answer = await fetch(`${this.url}/oauth/token`, {
			method: 'POST',
			headers: { 'Content-Type': 'application/json' },
			body: JSON.stringify({
				client_id: id,
				client_secret: secret,
				audience: 'https://api.sypht.com',
				grant_type: 'client_credentials',
			}),
		});
		return await this.keepToken(answer);
	}

	async uploadFile(file: File, fields: Record<string, string>): Promise<Response> {
		const form = new FormData();
		form.append('fileToUpload', file);
		for (const [name, value] of Object.entries(fields)) form.append(name, value);
		return await this.send('/fileupload', { method: 'POST', body: form });
	}

	async createFile(file: File): Promise<Response> {
		const form = new FormData();
		form.append('file', file);
		return await this.send('/fileupload/v2/multipart', { method: 'POST', body: form });
	}

	async runWorkflow(workflowId: string, inputs: object): Promise<Response> {
		return await this.send(`/workflows/${workflowId}/jobs`, {
			method: 'POST',
			// Bytes, because fetch adds a Content-Type to text and the Python client sends none.
			body: new TextEncoder().encode(JSON.stringify({ step_id: null, inputs })),
		});
	}

	async fetchResults(fileId: string, timeoutMs?: number): Promise<Response> {
		const query = timeoutMs === undefined ? '' : `?timeout=${timeoutMs}`;
		return await this.send(`/result/final/${fileId}${query}`);
	}

	async send(path: string, init: RequestInit = {}): Promise<Response> {
		return await fetch(`${this.url}${path}`, {
			...init,
			headers: {
				Accept: 'application/json',
				Authorization: `Bearer ${this.token}`,
				...init.headers,
			},
		});
	}

	private async keepToken(answer: Response): Promise<Response> {
		const { access_token: token } = (await answer.clone().json()) as { access_token?: string };
		this.token = token ?? '';
		return answer;
	}
}
