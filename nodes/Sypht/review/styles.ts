/** The looks of the page. Colours have a contrast of at least 4.5:1 for text and 3:1 for lines. */
export const STYLES = `
:root {
	color-scheme: light dark;
	--ground: light-dark(#eef0f3, #0f1216);
	--surface: light-dark(#fff, #191d23);
	--text: light-dark(#1b2129, #e8ebef);
	--muted: light-dark(#56606d, #a7b0bd);
	--line: light-dark(#dce0e6, #2e353f);
	--edge: light-dark(#7b8593, #75808f);
	--accent: light-dark(#1d5bc4, #8ab4ff);
	--on-accent: light-dark(#fff, #0d1b33);
	--doubt: light-dark(#a63a05, #ffb27a);
	--doubt-ground: light-dark(#fff3e8, #33231a);
	--sure: light-dark(#0b665e, #6fd3c4);
	--danger: light-dark(#b3261e, #ff9d94);
	--active: light-dark(#e8f0fd, #1f2c42);
}
* { box-sizing: border-box; }
::selection { color: var(--on-accent); background: var(--accent); }
[hidden] { display: none !important; }
body {
	margin: 0;
	height: 100dvh;
	display: flex;
	flex-direction: column;
	background: var(--ground);
	color: var(--text);
	font: 15px/1.45 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif;
}
header {
	display: flex;
	flex-wrap: wrap;
	align-items: baseline;
	gap: 2px 16px;
	padding: 12px 20px;
	background: var(--surface);
	border-bottom: 1px solid var(--line);
}
h1 { margin: 0; font-size: 17px; font-weight: 650; overflow-wrap: anywhere; }
header p { margin: 0; flex: 1 1 340px; display: flex; flex-wrap: wrap; justify-content: space-between; gap: 2px 16px; color: var(--muted); }
.id { font-size: 13px; overflow-wrap: anywhere; }
main { flex: 1; min-height: 0; display: grid; grid-template-columns: minmax(0, 1fr) clamp(360px, 32vw, 560px); }

.document { position: relative; min-height: 0; }
.viewer { height: 100%; overflow: auto; padding: 20px 20px 60px; }
.toolbar {
	position: absolute;
	z-index: 1;
	right: 28px;
	bottom: 20px;
	display: flex;
	padding: 3px;
	background: var(--surface);
	border: 1px solid var(--line);
	border-radius: 10px;
	box-shadow: 0 2px 10px rgb(0 0 0 / 14%);
}
.toolbar button { min-width: 38px; border-color: transparent; background: none; }
figure { width: calc(min(100%, 920px) * var(--zoom, 1)); margin: 0 auto 20px; }
figure svg { display: block; width: 100%; background: #fff; box-shadow: 0 1px 6px rgb(0 0 0 / 18%); }
figcaption { padding-top: 6px; text-align: center; font-size: 13px; color: var(--muted); }
.note { margin: 0 auto 12px; max-width: 920px; text-align: center; color: var(--muted); }
.box { cursor: pointer; }
.box rect { vector-effect: non-scaling-stroke; stroke-width: 1.5px; }
.box.active rect { stroke-width: 3.5px; fill-opacity: 0.22; }

.panel {
	min-height: 0;
	display: flex;
	flex-direction: column;
	background: var(--surface);
	border-left: 1px solid var(--line);
}
.lists { flex: 1; overflow: auto; padding: 4px 12px 16px; }
h2 { margin: 16px 8px 6px; font-size: 13px; font-weight: 600; color: var(--muted); }
.count { margin-left: 4px; font-weight: 400; }
.fields { list-style: none; margin: 0; padding: 0; }
.field {
	display: grid;
	grid-template-columns: 1fr auto;
	gap: 5px 12px;
	align-items: baseline;
	padding: 9px 8px;
	border-radius: 10px;
	scroll-margin: 12px;
}
.field:not(.doubtful) { grid-template-columns: 140px 1fr auto; padding-block: 4px; }
.field:not(.doubtful) .confidence { order: 1; min-width: 32px; text-align: end; }
/* "page 12" needs room of its own in each row, or the inputs end in different places. */
.fields:has(.page) .field:not(.doubtful) { grid-template-columns: 130px 1fr 92px; }
.field.active { background: var(--active); }
label { font-size: 13.5px; font-weight: 550; overflow-wrap: anywhere; }
.confidence { font-size: 13px; color: var(--muted); font-variant-numeric: tabular-nums; }
.page { margin-right: 6px; }
.rating { color: var(--sure); }
.doubtful .rating {
	padding: 1px 8px;
	border-radius: 99px;
	font-weight: 600;
	color: var(--doubt);
	background: var(--doubt-ground);
	box-shadow: inset 0 0 0 1px currentcolor;
}
.doubtful .rating::before { content: '! ' / ''; }
.checked .rating { color: var(--sure); background: none; }
.checked .rating::before { content: '\\2713  ' / ''; }
.edited label::after { content: ' edited'; font-weight: 400; font-style: italic; color: var(--muted); }
.doubtful .value, .clipping { grid-column: 1 / -1; }
.clipping {
	display: block;
	width: 100%;
	height: auto;
	max-height: 110px;
	background: #fff;
	border: 1px solid var(--line);
	border-radius: 8px;
}
.clipping rect { fill: none; stroke: #c2410c; stroke-width: 1.5px; stroke-dasharray: 7 4; vector-effect: non-scaling-stroke; }
.value {
	width: 100%;
	padding: 6px 9px;
	font: inherit;
	color: inherit;
	background: var(--surface);
	border: 1px solid var(--edge);
	border-radius: 8px;
}
textarea { display: block; resize: vertical; max-height: 12lh; }
@supports (field-sizing: content) {
	textarea { field-sizing: content; resize: none; }
}
.value:read-only { border-color: transparent; background: none; padding-inline: 0; }
::placeholder { color: var(--muted); opacity: 1; font-style: italic; }

.table { overflow-x: auto; margin: 0 8px; border: 1px solid var(--line); border-radius: 8px; }
table { width: 100%; border-collapse: collapse; font-size: 13px; }
th, td { padding: 6px 10px; text-align: start; vertical-align: top; border-bottom: 1px solid var(--line); }
tr:last-child td { border-bottom: 0; }
th { font-weight: 600; color: var(--muted); white-space: nowrap; }
.amount { text-align: end; white-space: nowrap; font-variant-numeric: tabular-nums; }

.actions { display: grid; gap: 10px; padding: 12px 20px; border-top: 1px solid var(--line); }
.progress, .decisions { display: flex; align-items: center; justify-content: space-between; gap: 10px; }
.progress p { margin: 0; color: var(--muted); }
.decisions .approve { flex: 1; }
button {
	min-height: 38px;
	padding: 6px 14px;
	font: inherit;
	font-weight: 550;
	color: var(--text);
	background: var(--surface);
	border: 1px solid var(--edge);
	border-radius: 8px;
	cursor: pointer;
}
button:hover { border-color: currentcolor; }
button:disabled { color: var(--muted); border-color: var(--line); cursor: default; }
.approve { color: var(--on-accent); background: var(--accent); border-color: var(--accent); }
/* While the answer is awaited, a second decision is ignored. */
.sent .decisions { opacity: 0.5; cursor: progress; }
.sent .decisions button { pointer-events: none; }
.reject { color: var(--danger); }
kbd { margin-left: 6px; font: inherit; font-size: 12px; font-weight: 400; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 1px; }
.viewer:focus-visible { outline-offset: -3px; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

@media (max-width: 820px) {
	body { height: auto; min-height: 100dvh; }
	header { padding: 10px 16px; }
	main { display: block; }
	.document { position: sticky; z-index: 2; top: 0; height: 38dvh; background: var(--ground); border-bottom: 1px solid var(--line); }
	.viewer { padding: 8px 8px 60px; }
	.toolbar { right: 10px; bottom: 10px; }
	.panel { border: 0; }
	.lists { overflow: visible; padding: 0 8px 16px; }
	.field { scroll-margin: calc(38dvh + 8px) 0 140px; }
	.value { font-size: 16px; scroll-margin: calc(38dvh + 8px) 0 140px; }
	.fields:has(.page) .field:not(.doubtful) { grid-template-columns: 1fr auto; }
	.fields:has(.page) .value { grid-column: 1 / -1; order: 2; }
	.actions { position: sticky; z-index: 2; bottom: 0; padding: 10px 16px; background: var(--surface); }
	button { min-height: 44px; }
}
@media (max-width: 820px) and (max-height: 560px) {
	.document, .actions { position: static; }
	.field, .value { scroll-margin: 12px; }
}
@media (hover: none) {
	kbd { display: none; }
}
@media (prefers-reduced-motion: no-preference) {
	.viewer, .lists { scroll-behavior: smooth; }
}
@media print {
	:root { color-scheme: light; --surface: #fff; --ground: #fff; --text: #000; --muted: #444; --line: #ccc; --edge: #888; --doubt-ground: #fff; --active: #fff; }
	body, .document, .viewer { height: auto; }
	main { display: flex; flex-direction: column; }
	.document { position: static; border: 0; }
	.panel { order: -1; border: 0; }
	.viewer, .lists { overflow: visible; padding: 0; }
	figure { width: 100%; margin: 0; break-before: page; }
	figure svg { box-shadow: none; max-height: 94vh; }
	.field, tr { break-inside: avoid; }
	.value { padding-block: 2px; border-color: transparent transparent var(--line); border-radius: 0; }
	.clipping { width: auto; max-width: 60%; height: 44px; }
	.toolbar, .actions { display: none !important; }
	:focus-visible { outline: none; }
}
`;
