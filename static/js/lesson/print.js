// A lesson on paper: all steps with their pictures, and if wished the answers at
// the end.

import '../words/rest.js';
import { h } from '../dom/dom.js';
import { t } from '../words/text.js';
import { dialog } from './dialog.js';

/** @param {Element} page @param {HTMLElement} anchor what gets the focus back */
export async function print(page, anchor) {
  const choose = (/** @type {boolean} */ answers) => {
    box.close();
    anchor.focus();
    const list = answers ? answersOf(page) : undefined;
    if (list) page.querySelector('article')?.append(list);
    addEventListener('afterprint', () => list?.remove(), { once: true });
    globalThis.print();
  };
  const box = await dialog(page, { title: t('lesson.print'), close: t('lesson.close') },
    h('p', {}, t('lesson.print.lead')),
    h('p', { class: 'buttons' },
      h('button', { type: 'button', class: 'button strong', 'data-print-plain': true, click: () => choose(false) }, t('lesson.print.plain')),
      h('button', { type: 'button', class: 'button', 'data-print-answers': true, click: () => choose(true) }, t('lesson.print.answers'))));
}

/** The right answer of each question, and the solutions. @param {Element} page */
export function answersOf(page) {
  const list = h('section', { class: 'answers' }, h('h2', {}, t('lesson.print.end')));
  for (const step of /** @type {NodeListOf<HTMLElement>} */ (page.querySelectorAll('.step'))) {
    const form = /** @type {HTMLElement | null} */ (step.querySelector('[data-predict]'));
    const solutions = step.querySelector('.solutions ol');
    if (!form && !solutions) continue;
    list.append(h('h3', {}, `${step.dataset.step}. ${step.querySelector('h2')?.textContent?.trim() ?? ''}`));
    const right = form?.dataset.right ?? '';
    const say = form?.querySelector(`input[value="${right}"]`)?.closest('label')?.querySelector('span');
    const feedback = form?.querySelector(`.feedback[data-choice="${right}"]`);
    if (say) list.append(h('p', {}, h('b', {}, say.textContent?.trim() ?? '')));
    for (const part of [feedback, solutions]) {
      const copy = /** @type {HTMLElement | undefined} */ (part?.cloneNode(true));
      if (!copy) continue;
      copy.hidden = false;
      for (const control of copy.querySelectorAll('button')) control.remove();
      list.append(copy);
    }
  }
  return list;
}
