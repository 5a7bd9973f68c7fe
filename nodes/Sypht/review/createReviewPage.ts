import { createHash } from 'node:crypto';
import { DECISION, listFields, listTable } from './fieldList';
import { Markup, markup } from './markup';
import { drawBoxes, drawImage, DRAWING_WIDTH, drawingHeight } from './overlay';
import { SCRIPT } from './script';
import { STYLES } from './styles';
import { formActionSource, isSubmitUrl } from './submitUrl';
import type { ReviewField } from '../results';
import type { PageImage, ReviewDocument, ReviewPageOptions } from './types';
import { count, listPages, toPercent } from './wording';

/**
 * Makes one self-contained HTML file in which a person compares the fields of a document with its
 * page images. With a submit URL the values can be edited; the page posts them form-encoded, under
 * Sypht's names, with `decision` as `approve` or `reject`.
 *
 * It stores nothing and requests nothing, so it works from disk and in a sandbox without an origin.
 *
 * @throws Error when the submit URL is not one of http or https
 */
export function createReviewPage(document: ReviewDocument, options: ReviewPageOptions): string {
	const { title, submitUrl } = options;
	const isEditable = submitUrl !== undefined;
	if (isEditable && !isSubmitUrl(submitUrl)) {
		throw new Error('The submit URL has to begin with http:// or https://');
	}
	const doubtful = document.fields.filter(({ isDoubtful }) => isDoubtful);
	const others = document.fields.filter(({ isDoubtful }) => !isDoubtful);
	const fields = [...doubtful, ...others];
	const hasDoubtful = doubtful.length > 0;
	const pages = document.pages.map((page) => ({ page, height: drawingHeight(page) }));
	const hasPages = fields.some(({ page }) => page !== undefined && page !== 1);
	const pageHeights = new Map(pages.map(({ page, height }) => [page.number, height]));
	const listOptions = { isEditable, hasPages, pageHeights };
	return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${createPolicy(submitUrl)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>Review ${title}</title>
<link rel="icon" href="data:,">
<style>${new Markup(STYLES)}</style>
</head>
<body>
<header>
<h1><bdi>${title}</bdi></h1>
<p>${summarise(fields, options)} <span class="id">File ID <bdi>${document.fileId}</bdi></span></p>
</header>
<main>
<section class="document" aria-label="Document">
<div class="toolbar" role="group" aria-label="Zoom" hidden>
<button type="button" data-zoom="-1" aria-label="Zoom out">&minus;</button>
<button type="button" data-zoom="0">Fit</button>
<button type="button" data-zoom="1" aria-label="Zoom in">+</button>
</div>
<div class="viewer" tabindex="0" role="region" aria-label="Pages">
${pages.map(({ page, height }) => showPage(page, height, fields))}${showOmissions(document)}</div>
</section>
${wrapPanel(
	markup`<div class="lists">
${listFields('To review', doubtful, 0, listOptions)}${listFields(hasDoubtful ? 'Other fields' : 'Fields', others, doubtful.length, listOptions)}${document.tables.map(listTable)}</div>
${showActions(hasDoubtful, isEditable)}`,
	submitUrl,
)}
</main>
<script>${new Markup(SCRIPT)}</script>
</body>
</html>
`.toString();
}

function createPolicy(submitUrl: string | undefined): string {
	const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
	return [
		"default-src 'none'",
		'img-src data:',
		`style-src ${hash(STYLES)}`,
		`script-src ${hash(SCRIPT)}`,
		`form-action ${submitUrl === undefined ? "'none'" : formActionSource(submitUrl)}`,
		"base-uri 'none'",
	].join('; ');
}

function summarise(fields: ReviewField[], { threshold }: ReviewPageOptions): string {
	const doubtful = fields.filter(({ isDoubtful }) => isDoubtful).length;
	const total = count(fields.length, 'field');
	const below = threshold === undefined ? '' : ` (threshold ${toPercent(threshold)})`;
	return `${doubtful === 0 ? 'Nothing' : doubtful} of ${total} to review${below}`;
}

function showPage(page: PageImage, height: number, fields: ReviewField[]): Markup {
	return markup`<figure>
<svg viewBox="0 0 ${DRAWING_WIDTH} ${height}" role="img" aria-label="Page ${page.number}">${drawImage(page, height)}<g aria-hidden="true">${drawBoxes(fields, page.number, height)}</g></svg>
<figcaption>Page ${page.number}</figcaption>
</figure>
`;
}

function showOmissions({ pages, omittedPages = [] }: ReviewDocument): Markup[] {
	const omissions = omittedPages.map(({ numbers, reason }) => {
		const verb = numbers.length === 1 ? 'is' : 'are';
		return markup`<p class="note">${listPages(numbers)} ${verb} not shown: ${reason}.</p>\n`;
	});
	if (pages.length > 0 || omissions.length > 0) return omissions;
	return [markup`<p class="note">There are no page images.</p>\n`];
}

function wrapPanel(content: Markup, submitUrl: string | undefined): Markup {
	if (submitUrl === undefined) {
		return markup`<section class="panel" aria-label="Fields">\n${content}\n</section>`;
	}
	// A form whose first submit button is disabled is not sent with Enter, with or without script.
	return markup`<form class="panel" aria-label="Fields" method="post" action="${submitUrl}" accept-charset="utf-8">
<button disabled hidden></button>
${content}
</form>`;
}

function showActions(hasDoubtful: boolean, isEditable: boolean): Markup {
	const next = markup`<div class="progress" hidden>
<p role="status"></p>
<button type="button" id="next" aria-keyshortcuts="Enter">Next to review <kbd aria-hidden="true" hidden>Enter</kbd></button>
</div>
`;
	const decisions = markup`<div class="decisions">
<button class="reject" name="${DECISION}" value="reject">Reject</button>
<button class="approve" id="approve" name="${DECISION}" value="approve" aria-keyshortcuts="Control+Enter">Approve <kbd aria-hidden="true" hidden>Ctrl Enter</kbd></button>
</div>
`;
	if (!hasDoubtful && !isEditable) return markup``;
	return markup`<div class="actions">
${hasDoubtful && next}${isEditable && decisions}</div>`;
}
