/** The codes with which Node does not trust a host; most names are OpenSSL's. */
const CERTIFICATE_CODE =
	/CERT|^UNABLE_TO_(GET_ISSUER|VERIFY|GET_CRL|DECODE)|^(CRL|HOSTNAME)_|INVALID_(CA|PURPOSE)/;

/** Whether a connection ended before anything was sent, and will do so again. */
export function isCertificateCode(code: string): boolean {
	return CERTIFICATE_CODE.test(code);
}
