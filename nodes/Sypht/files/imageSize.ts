type Size = Record<'width' | 'height', number>;

/**
 * Reads the size of a PNG, JPEG or GIF image from its header, in pixels; undefined when the image
 * is of another type, cut off or damaged.
 */
export function readImageSize(image: Buffer): Size | undefined {
	const size = readPngSize(image) ?? readGifSize(image) ?? readJpegSize(image);
	return size && size.width > 0 && size.height > 0 ? size : undefined;
}

function readPngSize(image: Buffer): Size | undefined {
	if (image.length < 24 || image.toString('latin1', 0, 8) !== '\x89PNG\r\n\x1a\n') return undefined;
	return { width: image.readUInt32BE(16), height: image.readUInt32BE(20) };
}

function readGifSize(image: Buffer): Size | undefined {
	if (image.length < 10 || !/^GIF8[79]a$/.test(image.toString('latin1', 0, 6))) return undefined;
	return { width: image.readUInt16LE(6), height: image.readUInt16LE(8) };
}

/** Walks from segment to segment (ITU-T T.81, annex B) until the frame header, which has the size. */
function readJpegSize(image: Buffer): Size | undefined {
	if (image.length < 2 || image.readUInt16BE(0) !== 0xffd8) return undefined;
	let at = 2;
	while (at + 9 <= image.length && image[at] === 0xff) {
		const marker = image[at + 1];
		// SOF0 to SOF15 without DHT, JPG and DAC, whose codes are among them.
		const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
		if (isFrame) return { width: image.readUInt16BE(at + 7), height: image.readUInt16BE(at + 5) };
		// Any number of fill bytes may precede a marker.
		at += marker === 0xff ? 1 : 2 + image.readUInt16BE(at + 2);
	}
	return undefined;
}
