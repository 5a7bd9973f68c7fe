/** How many cases each property is tried with; `npm run test:fuzz -- --runs 100000` asks for more. */
export const RUNS = Number(process.env.FUZZ_RUNS ?? 2_500);

/** A property with many cases takes long on a machine that has other things to do. */
export const FUZZ_TIMEOUT_MS = 60_000 + RUNS * 60;

/** Which other PDFs to count the pages of; `npm run test:fuzz -- --pdfs '…/*.pdf'` names some. */
export const OTHER_PDFS = process.env.FUZZ_PDFS ?? '';
