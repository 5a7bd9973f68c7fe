import fc from 'fast-check';
import {
	readFileName,
	toFileName,
	withExtension,
} from '../../../nodes/Sypht/files/source/fileName';

describe('a name keeps its meaning', () => {
	it.each([
		['FV/12/2024', 'FV-12-2024.pdf'],
		['Invoice 4711 / Müller GmbH.pdf', 'Invoice 4711 - Müller GmbH.pdf'],
		['INV/2024/', 'INV-2024.pdf'],
		['Rechnung Nr. 5', 'Rechnung Nr. 5.pdf'],
		['invoice 12.2024', 'invoice 12.2024.pdf'],
		['scan.PDF', 'scan.PDF'],
		['scan.jpeg', 'scan.jpeg'],
		['C:\\scans\\a.pdf', 'a.pdf'],
		['/data/in/a.pdf', 'a.pdf'],
		['../secret/a.pdf', 'a.pdf'],
		['', 'document.pdf'],
		['..', 'document.pdf'],
		['/', 'document.pdf'],
		['a\r\nX-Header: 1.pdf', 'a X-Header: 1.pdf'],
		['fdp.\u202egnp', 'fdp. gnp.pdf'],
	])('%j becomes %j', (given, name) => {
		expect(toFileName(given, 'application/pdf')).toBe(name);
	});

	it('and is safe, whatever it is', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (given) => {
				const name = toFileName(given, 'image/png');
				expect(name).not.toMatch(/[\\/\p{Cc}]/u);
				expect(name).not.toMatch(/^\.*$/);
				expect(toFileName(name, 'image/png')).toBe(name);
			}),
		);
	});

	it('a name of a type without a usual extension stays as it is', () => {
		expect(withExtension('a', 'text/html')).toBe('a');
		expect(withExtension('a', undefined)).toBe('a');
	});
});

describe('the name that a server gives', () => {
	const latin1 = (text: string) => Buffer.from(text).toString('latin1');

	it.each([
		["attachment; filename*=UTF-8''M%C3%BCller%20%E2%82%AC.pdf; filename=x.pdf", 'Müller €.pdf'],
		["attachment; filename=x.pdf; filename*=iso-8859-1'de'M%FCller.pdf", 'Müller.pdf'],
		[`attachment; filename="${latin1('Müller.pdf')}"`, 'Müller.pdf'],
		['attachment; filename="M\xfcller.pdf"', 'Müller.pdf'],
		['attachment; filename="=?utf-8?B?TcO8bGxlci5wZGY=?="', 'Müller.pdf'],
		['attachment; filename="=?iso-8859-1?Q?M=FCller_1?= =?utf-8?Q?.pdf?="', 'Müller 1.pdf'],
		['attachment; filename="M%C3%BCller%201.pdf"', 'Müller 1.pdf'],
		['attachment; filename="100% sure.pdf"', '100% sure.pdf'],
		['attachment; FileName = plain.pdf ', 'plain.pdf'],
		['attachment; filename="a \\"b\\".pdf"', 'a "b".pdf'],
		['attachment; filename="FV/12/2024.pdf"', 'FV-12-2024.pdf'],
		["attachment; filename*=UTF-8''%E0%A4%A.pdf; filename=b.pdf", 'b.pdf'],
		["attachment; filename*=no-charset''a.pdf; filename=b.pdf", 'b.pdf'],
		['attachment', 'from url.pdf'],
		['attachment; filename=""', 'from url.pdf'],
	])('in %j is %j', (disposition, name) => {
		const url = new URL('https://example.com/files/from%20url?signature=secret');
		const headers = { 'content-disposition': disposition, 'content-type': 'application/pdf' };
		expect(readFileName(headers, { url })).toBe(name);
	});

	it.each([
		['https://example.com/a/invoice%204711.pdf?x=1', 'invoice 4711.pdf'],
		['https://example.com/FV%2F12%2F2024', 'FV-12-2024'],
		['https://example.com/%E0%A4%A.pdf', '%E0%A4%A.pdf'],
		['https://example.com/', 'document'],
	])('without one, the URL %s names it %j', (url, name) => {
		expect(readFileName({}, { url: new URL(url) })).toBe(name);
	});

	it('any header is read without harm', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (text) => {
				const header = `attachment; filename${text}`;
				expect(readFileName({ 'content-disposition': header })).not.toMatch(/[\\/\p{Cc}]/u);
			}),
		);
	});
});
