const HEADER_BYTES = 8;
const ENTRY_BYTES = 12;
const OFFSET_BYTES = 4;

/**
 * Counts the pages of a TIFF while its bytes go by: one page an image directory, each of which says
 * where the next one is. Sure only when each directory lies behind the one before.
 */
export class TiffPageCounter {
	private position = 0;

	private wanted = { offset: 0, length: HEADER_BYTES };

	private parts: Buffer[] = [];

	private state: 'header' | 'entryCount' | 'nextOffset' | 'done' | 'unsure' = 'header';

	private isLittleEndian = true;

	private pages = 0;

	push(chunk: Buffer): void {
		const end = this.position + chunk.length;
		while (this.state !== 'done' && this.state !== 'unsure' && this.wanted.offset < end) {
			const from = this.wanted.offset - this.position;
			const part = chunk.subarray(from, from + this.wanted.length);
			this.parts.push(part);
			this.wanted = {
				offset: this.wanted.offset + part.length,
				length: this.wanted.length - part.length,
			};
			if (this.wanted.length > 0) break;
			const field = Buffer.concat(this.parts);
			this.parts = [];
			this.readField(field);
		}
		this.position = end;
	}

	/** The number of pages, or undefined when it can't be told for sure. */
	finish(): number | undefined {
		return this.state === 'done' ? this.pages : undefined;
	}

	private readField(field: Buffer): void {
		const { offset } = this.wanted;
		switch (this.state) {
			case 'header':
				this.isLittleEndian = field.toString('latin1', 0, 2) === 'II';
				this.goToDirectory(this.readUInt32(field.subarray(4)));
				break;
			case 'entryCount': {
				const entries = this.isLittleEndian ? field.readUInt16LE() : field.readUInt16BE();
				this.pages++;
				this.state = 'nextOffset';
				this.wanted = { offset: offset + entries * ENTRY_BYTES, length: OFFSET_BYTES };
				break;
			}
			case 'nextOffset': {
				const next = this.readUInt32(field);
				if (next === 0) this.state = 'done';
				else this.goToDirectory(next);
				break;
			}
		}
	}

	private goToDirectory(offset: number): void {
		this.state = offset >= this.wanted.offset ? 'entryCount' : 'unsure';
		this.wanted = { offset, length: 2 };
	}

	private readUInt32(field: Buffer): number {
		return this.isLittleEndian ? field.readUInt32LE() : field.readUInt32BE();
	}
}
