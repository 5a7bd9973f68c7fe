import { createCipheriv, hash } from 'node:crypto';
import { readNumber, readString } from '../pageCount/dictionary';
import type { Encryption } from '../pageCount/structure';

/** ISO 32000-1, 7.6.3.3: what a password is padded with; the empty one is all padding. */
const PADDING = Buffer.from(
	'28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a',
	'hex',
);

const BY_PASSWORD = /\/Filter\s*\/Standard(?!\w)/;

const md5 = (bytes: Uint8Array): Buffer => hash('md5', bytes, 'buffer');

/** Whether a PDF opens only for certain people, with their certificates or rights. */
export function isForCertainPeople({ handler }: Encryption): boolean {
	const hasFilters = (readNumber(handler, 'V') ?? 0) >= 4;
	return !BY_PASSWORD.test(handler) && !(hasFilters && encryptsOnlyAttachments(handler));
}

/**
 * Whether a PDF opens only with a password. Many are encrypted with an empty one, which restricts
 * printing and copying at most; they open for everybody.
 *
 * @returns false also when it can't be told
 */
export function needsPassword({ trailer, handler }: Encryption): boolean {
	if (!BY_PASSWORD.test(handler)) return false;
	const revision = readNumber(handler, 'R');
	const user = readString(handler, 'U');
	const owner = readString(handler, 'O');
	if (revision === undefined || !user || !owner) return false;
	if (revision >= 4 && encryptsOnlyAttachments(handler)) return false;
	if (revision === 5 || revision === 6) return !opens256(revision, user, owner);

	const permissions = /\/P\s+(-?\d{1,10})/.exec(handler)?.[1];
	const id = readString(trailer, 'ID');
	const isKnown = revision >= 2 && revision <= 4;
	if (!isKnown || permissions === undefined || !id || user.length < 32) return false;
	const parts = [PADDING, owner.subarray(0, 32), toUInt32(Number(permissions)), id];
	if (revision === 4 && /\/EncryptMetadata\s+false/.test(handler)) parts.push(toUInt32(-1));
	// Programs write the length of the key in bits or bytes, and some get it wrong.
	const lengths = revision === 2 ? [5] : [5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16];
	return !lengths.some((bytes) =>
		matchesKey(user, deriveKey(parts, revision, bytes), revision, id),
	);
}

function encryptsOnlyAttachments(handler: string): boolean {
	return !/\/StmF\s*\/(?!Identity)/.test(handler);
}

/** Algorithm 2: the encryption key of the empty password. */
function deriveKey(parts: Buffer[], revision: number, bytes: number): Buffer {
	let key = md5(Buffer.concat(parts));
	for (let round = 0; revision > 2 && round < 50; round++) key = md5(key.subarray(0, bytes));
	return key.subarray(0, bytes);
}

/** Algorithms 4 and 5. */
function matchesKey(user: Buffer, key: Buffer, revision: number, id: Buffer): boolean {
	if (revision === 2) return rc4(key, PADDING).equals(user.subarray(0, 32));
	let expected = md5(Buffer.concat([PADDING, id]));
	for (let round = 0; round < 20; round++) {
		const roundKey = key.map((byte) => byte ^ round);
		expected = rc4(roundKey, expected);
	}
	return expected.equals(user.subarray(0, expected.length));
}

/**
 * ISO 32000-2, 7.6.4.4: U and O hold a hash and its salt. A document also opens with an owner's
 * password that is empty.
 */
function opens256(revision: 5 | 6, user: Buffer, owner: Buffer): boolean {
	if (user.length < 48 || owner.length < 48) return true;
	const userKey = user.subarray(0, 48);
	return (
		hash256(revision, user.subarray(32, 40)).equals(user.subarray(0, 32)) ||
		hash256(revision, owner.subarray(32, 40), userKey).equals(owner.subarray(0, 32))
	);
}

/** Algorithm 2.B for an empty password. */
function hash256(revision: 5 | 6, salt: Buffer, userKey: Buffer = Buffer.alloc(0)): Buffer {
	let key = hash('sha256', Buffer.concat([salt, userKey]), 'buffer');
	if (revision === 5) return key;
	for (let round = 0, last = 0; round < 64 || last > round - 32; round++) {
		const cipher = createCipheriv('aes-128-cbc', key.subarray(0, 16), key.subarray(16, 32));
		const block = Buffer.concat([key, userKey]);
		const encrypted = cipher.setAutoPadding(false).update(Buffer.alloc(64 * block.length, block));
		last = encrypted[encrypted.length - 1];
		const remainder = encrypted.subarray(0, 16).reduce((sum, byte) => sum + byte, 0) % 3;
		key = hash(['sha256', 'sha384', 'sha512'][remainder], encrypted, 'buffer');
	}
	return key.subarray(0, 32);
}

/** OpenSSL 3 has no RC4 any more. */
function rc4(key: Uint8Array, data: Buffer): Buffer {
	const state = Uint8Array.from({ length: 256 }, (_, index) => index);
	const swap = (a: number, b: number) => ([state[a], state[b]] = [state[b], state[a]]);
	for (let i = 0, j = 0; i < 256; i++) {
		j = (j + state[i] + key[i % key.length]) & 0xff;
		swap(i, j);
	}
	let j = 0;
	return Buffer.from(
		data.map((byte, index) => {
			const i = (index + 1) & 0xff;
			j = (j + state[i]) & 0xff;
			swap(i, j);
			return byte ^ state[(state[i] + state[j]) & 0xff];
		}),
	);
}

function toUInt32(value: number): Buffer {
	const bytes = Buffer.alloc(4);
	bytes.writeInt32LE(value | 0);
	return bytes;
}
