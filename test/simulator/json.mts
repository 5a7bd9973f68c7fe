import express from 'express';

const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json\b/i;

/** Reads a JSON body. Sypht's Python client starts workflows with one that has no Content-Type. */
export function readJson(limit: number | string = '100kb'): ReturnType<typeof express.json> {
	const type = ({ headers: { 'content-type': given } }: { headers: Record<string, unknown> }) =>
		given === undefined || JSON_TYPE.test(String(given));
	return express.json({ limit, type: type as never });
}
