// A dialog of a page of the lessons.

import { h } from '../dom/dom.js';
import { icon } from '../dom/icons.js';
import { styles } from '../dom/styles.js';

/**
 * Makes a dialog and opens it; it is gone when it closes, and the focus is back
 * where it was.
 * @param {Element} parent @param {{title: string, close: string}} words @param {...Node} body
 */
export async function dialog(parent, { title, close: leave }, ...body) {
  await Promise.all([styles('overlay'), styles('dialog')]);
  const close = h('button', { type: 'button', class: 'tool', 'aria-label': leave, title: leave, click: () => element.close() }, icon('close'));
  const element = h('dialog', { 'aria-labelledby': 'dialog-title' },
    h('header', { role: 'presentation' }, h('h2', { id: 'dialog-title' }, title), close),
    h('div', { class: 'help-body' }, ...body));
  // A click on the backdrop is a click on the dialog itself.
  element.addEventListener('click', (event) => {
    if (event.target === element) element.close();
  });
  element.addEventListener('close', () => element.remove());
  parent.append(element);
  element.showModal();
  return element;
}
