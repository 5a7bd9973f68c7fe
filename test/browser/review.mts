import { registerHooks } from 'node:module';

/** The package is written for a bundler, so that its imports have no extensions. */
registerHooks({
	resolve(specifier, context, nextResolve) {
		const isBare = context.parentURL?.includes('/nodes/Sypht/') && /^\.\.?\/[^.]*$/.test(specifier);
		return nextResolve(isBare ? `${specifier}.ts` : specifier, context);
	},
});

export const { createReviewPage } = await import('../../nodes/Sypht/review/createReviewPage.ts');
export const { highlightFields } = await import('../../nodes/Sypht/review/highlightFields.ts');
