// The stage of a step for a whole room: alone, as large as the screen, and in
// the colours of a projector. What the step asks first is still asked first.

import { h, setAttr } from '../dom/dom.js';
import { icon } from '../dom/icons.js';
import { styles } from '../dom/styles.js';
import { t } from '../words/text.js';

await styles('alone');

const root = document.documentElement;

/** The colours that this reader has; undefined: those of the system. @type {string | undefined} */
let theme;

/** @type {HTMLElement | undefined} */
let leave;

/**
 * Presents the stage, or returns to the step.
 * @param {import('./frame.js').Frame} frame @param {HTMLElement} back what gets the focus then @param {boolean} [on]
 */
export async function present(frame, back, on = !('presents' in root.dataset)) {
  if (on === 'presents' in root.dataset) return;
  root.toggleAttribute('data-presents', on);
  if (on) theme = root.dataset.theme;
  const now = on ? 'projector' : theme;
  if (now) root.dataset.theme = now;
  else delete root.dataset.theme;
  frame.dress(now ?? 'auto');
  frame.present(on);
  if (!on) {
    leave?.remove();
    leave = undefined;
    back.focus({ preventScroll: true });
    if (document.fullscreenElement) await document.exitFullscreen().catch(() => {}); // it is left already
    return;
  }
  leave = h('button', { type: 'button', class: 'tool leave', click: () => void present(frame, back, false) }, icon('shrink'));
  setAttr(leave, 'aria-label', t('lesson.present.leave'));
  setAttr(leave, 'title', t('lesson.hint.key', { word: t('lesson.present.leave'), key: 'f' }));
  frame.element.after(leave);
  frame.element.focus();
  // The browser leaves the whole screen by itself at Escape.
  document.addEventListener('fullscreenchange', function left() {
    if (document.fullscreenElement) return;
    document.removeEventListener('fullscreenchange', left);
    void present(frame, back, false);
  });
  if (document.fullscreenEnabled) await root.requestFullscreen().catch(() => {}); // the browser wants it otherwise, and the window is filled
}
