import type { ChildProcess } from 'node:child_process';
import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const children = new Set<ChildProcess>();

/** Ends a child when this process ends, for any reason; otherwise n8n would keep running. */
export function endWithParent(child: ChildProcess): void {
	if (children.size === 0) watch();
	children.add(child);
	child.once('close', () => {
		children.delete(child);
		if (children.size === 0) unwatch();
	});
}

function watch(): void {
	process.on('exit', endChildren);
	for (const signal of SIGNALS) process.on(signal, endUnlessHandled);
}

function unwatch(): void {
	process.off('exit', endChildren);
	for (const signal of SIGNALS) process.off(signal, endUnlessHandled);
}

function endChildren(): void {
	for (const child of children) child.kill('SIGKILL');
}

/** Without other listeners this process would have ended here. */
function endUnlessHandled(signal: NodeJS.Signals): void {
	if (process.listenerCount(signal) === 1) process.exit(128 + constants.signals[signal]);
}
