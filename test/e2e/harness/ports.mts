import { createServer, type AddressInfo } from 'node:net';

/** A free port of 127.0.0.1: the preferred one if possible. */
export async function findFreePort(wanted = 0): Promise<number> {
	const server = createServer();
	try {
		await new Promise<void>((resolve, reject) => {
			server.once('error', reject);
			server.listen(wanted, '127.0.0.1', resolve);
		});
		return (server.address() as AddressInfo).port;
	} catch (error) {
		if (wanted !== 0 && (error as NodeJS.ErrnoException).code === 'EADDRINUSE') {
			return await findFreePort();
		}
		throw error;
	} finally {
		server.close();
	}
}
