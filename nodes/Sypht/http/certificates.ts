/** What Node calls the reasons for which it does not trust a host; the names are OpenSSL's. */
const CERTIFICATE_CODE =
	/CERT|^UNABLE_TO_(GET_ISSUER|VERIFY|GET_CRL|DECODE)|^(CRL|HOSTNAME)_|INVALID_(CA|PURPOSE)/;

/** Whether a connection was given up before anything was sent, and will be the next time. */
export function isCertificateCode(code: string): boolean {
	return CERTIFICATE_CODE.test(code);
}
