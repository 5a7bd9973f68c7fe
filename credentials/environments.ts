/** Where a credential's calls go. Both URLs come without a trailing slash. */
export interface Hosts {
	apiBaseUrl: string;
	tokenUrl: string;
}

interface Environment {
	name: string;
	description: string;
	/** Undefined if there is no usual one, so that the credential must name it. */
	hosts?: Hosts;
	/** Whether each customer has an installation, whose hosts may differ from the usual ones. */
	isPerCustomer?: boolean;
}

export const SYPHT: Hosts = {
	apiBaseUrl: 'https://api.sypht.com',
	tokenUrl: 'https://auth.sypht.com/oauth2/token',
};

/**
 * By the value of the credential's field. Sources: docs.sypht.com "API credentials" (token URLs of
 * Sypht), the README of ProcessMaker's pm-smartextract-node-client.
 */
export const ENVIRONMENTS: Record<string, Environment> = {
	sypht: {
		name: 'Sypht',
		description: 'For credentials created since 16 June 2020',
		hosts: SYPHT,
	},
	syphtLegacy: {
		name: 'Sypht (Legacy)',
		description: 'For credentials created before 16 June 2020',
		hosts: { ...SYPHT, tokenUrl: 'https://login.sypht.com/oauth/token' },
	},
	smartExtract: {
		name: 'ProcessMaker SmartExtract',
		description: 'The successor of Sypht. Use the hosts that ProcessMaker gave you.',
		hosts: {
			apiBaseUrl: 'https://ade-api.processmaker.net',
			tokenUrl: 'https://auth0.ade.processmaker.net/oauth2/token',
		},
		isPerCustomer: true,
	},
	custom: { name: 'Custom', description: 'Any other host with the same API' },
};
