/**
 * What the page does beyond plain HTML; without it, a form can still be filled in and sent. It takes
 * everything from the document, and never reads a property of the form: an input named `submit` or
 * `elements` would answer in its place.
 */
export const SCRIPT = `'use strict';
{
	const find = (selector) => document.querySelector(selector);
	const findAll = (selector) => [...document.querySelectorAll(selector)];
	const indexOf = (target) => target.closest?.('[data-field]')?.dataset.field;
	const valueOf = (field) => field.querySelector('.value');
	const isChecked = (field) => field.classList.contains('checked');
	const viewer = find('.viewer');
	const doubtful = findAll('.field.doubtful');
	let active; // The index of the field that is highlighted, by the pointer or the keyboard.
	let current; // The field to review that had the focus last.
	let pointer;
	let zoom = 1;

	for (const element of findAll('.toolbar, .progress, kbd')) element.hidden = false;
	showProgress();

	function activate(index) {
		if (index === undefined || index === active) return;
		active = index;
		for (const part of findAll('[data-field]')) {
			part.classList.toggle('active', part.dataset.field === index);
		}
		find('.field.active')?.scrollIntoView({ block: 'nearest' });
		const box = find('.box.active')?.getBoundingClientRect();
		if (!box) return;
		const view = viewer.getBoundingClientRect();
		const isHidden = (start, end) => box[start] < view[start] || box[end] > view[end];
		const middle = (start, length) =>
			box[start] + box[length] / 2 - (view[start] + view[length] / 2);
		viewer.scrollBy(
			isHidden('left', 'right') ? middle('left', 'width') : 0,
			isHidden('top', 'bottom') ? middle('top', 'height') : 0,
		);
	}

	function check(field) {
		field?.classList.add('checked');
		showProgress();
	}

	/** Ticks the current field off and goes to the next one; with all ticked off, it cycles through them. */
	function goToNext() {
		const wasDone = doubtful.every(isChecked);
		check(current);
		const at = doubtful.indexOf(current) + 1;
		const order = [...doubtful.slice(at), ...doubtful.slice(0, at)];
		const field = order.find((field) => wasDone || !isChecked(field));
		if (!field) return;
		valueOf(field).focus();
		valueOf(field).select();
	}

	function showProgress() {
		if (doubtful.length === 0) return;
		const checked = doubtful.filter(isChecked).length;
		find('.progress p').textContent =
			checked < doubtful.length ? checked + ' of ' + doubtful.length + ' checked' : 'All checked';
	}

	function changeZoom(step) {
		const centre = (viewer.scrollTop + viewer.clientHeight / 2) / viewer.scrollHeight;
		zoom = step === 0 ? 1 : Math.min(Math.max(zoom * 1.25 ** step, 0.4), 5);
		viewer.style.setProperty('--zoom', zoom);
		viewer.scrollTop = centre * viewer.scrollHeight - viewer.clientHeight / 2;
	}

	addEventListener('pointermove', ({ target, clientX, clientY }) => {
		// Browsers also send this event when the page scrolls under a pointer that rests.
		const place = clientX + ' ' + clientY;
		if (place !== pointer) activate(indexOf(target));
		pointer = place;
	});
	addEventListener('focusin', ({ target }) => {
		activate(indexOf(target));
		current = target.closest('.field.doubtful') ?? current;
	});
	addEventListener('click', ({ target }) => {
		const box = target.closest('.box');
		if (box) valueOf(find('.field[data-field="' + box.dataset.field + '"]')).focus();
		const button = target.closest('[data-zoom]');
		if (button) changeZoom(Number(button.dataset.zoom));
		if (target.closest('#next')) goToNext();
	});

	addEventListener('input', ({ target }) => {
		activate(indexOf(target));
		target.closest('.field').classList.toggle('edited', target.value !== target.defaultValue);
	});
	addEventListener('change', ({ target }) => check(target.closest('.field.doubtful')));

	addEventListener('keydown', (event) => {
		const { key, target } = event;
		const isValue = target.matches('.value');
		if (event.isComposing) return;
		if (key === 'Escape' && isValue) {
			target.value = target.defaultValue;
			target.closest('.field').classList.remove('edited');
		}
		if (key !== 'Enter' || event.shiftKey) return;
		const decides = event.ctrlKey || event.metaKey;
		if (target.matches(decides ? '.reject' : 'button')) return;
		event.preventDefault();
		// A key that is held down must neither run through the fields nor decide.
		if (event.repeat) return;
		if (decides) find('#approve')?.click();
		else goToNext();
	});

	find('form')?.addEventListener('submit', (event) => {
		if (document.body.classList.contains('sent')) event.preventDefault();
		document.body.classList.add('sent');
	});
	// Back from the answer, the page can be sent again.
	addEventListener('pageshow', () => document.body.classList.remove('sent'));
}
`;
