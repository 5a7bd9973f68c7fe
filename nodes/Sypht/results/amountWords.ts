import { toLookup } from './objects';

/** What a column, or a field of the document, holds according to its name. */
export type AmountKind = 'money' | 'quantity' | 'tax';

const KINDS = toLookup({
	money:
		'price amount amt total subtotal net gross discount rebate cost fee charge surcharge rate balance debit credit deposit withdrawal betrag preis summe gesamt netto brutto montant prix importe precio importo prezzo bedrag prijs',
	quantity: 'quantity qty hours hrs units pieces pcs menge quantité cantidad quantità aantal',
	tax: 'tax gst vat hst pst qst igst cgst sgst mwst ust tva iva btw',
	other:
		'no nr number num id code ref reference abn acn bsb crn gstn gstin vatin siret iban bic swift account acct date time year name description detail type category uom weight term method status address email phone fax person digit word page note comment barcode postcode zip version policy licence license registration rego card biller nmi tfn passport tracking serial title label text',
});

/** Words end where a capital begins, and an acronym before "no", as in `SIRETno`. */
const WORDS = /MwSt|USt|\p{Lu}{2,}(?=no(?!\p{L}))|\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+/gu;

/** Longer names are not looked at, so that they cost nothing. */
const MAX_LENGTH = 200;

/**
 * Tells from a name such as `amountDue`, `Unit Price` or `accountNo` what it means. The last
 * word that says something decides whether it is an amount: a `taxNumber` is not.
 *
 * @returns `other` for identifiers, dates and names, undefined when the name does not tell
 */
export function readAmountKind(name: string): AmountKind | 'other' | undefined {
	const words = name.slice(-MAX_LENGTH).match(WORDS) ?? [];
	const kinds = words.map(lookUp).filter((kind) => kind !== undefined);
	return kinds.at(-1) === 'other' ? 'other' : kinds.find((kind) => kind !== 'other');
}

function lookUp(word: string): AmountKind | 'other' | undefined {
	const singular = word.toLowerCase().replace(/s$/, '');
	return KINDS.get(word.toLowerCase()) ?? KINDS.get(singular);
}
