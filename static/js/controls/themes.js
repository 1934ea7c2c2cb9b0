// Light, dark, for a projector, or as the system says.

import { h, setAttr } from '../dom/dom.js';
import { icon } from '../dom/icons.js';
import { t } from '../words/text.js';
import { storage } from '../address/url.js';

const THEMES = ['auto', 'light', 'dark', 'projector'];

/** The button that goes on to the next theme. @param {() => void} changed @returns {HTMLElement} */
export function themeButton(changed) {
  const root = document.documentElement;
  const button = h('button', { type: 'button', class: 'tool', 'data-colours': true, click: () => {
    const next = THEMES[(THEMES.indexOf(root.dataset.theme ?? 'auto') + 1) % THEMES.length];
    if (next === 'auto') delete root.dataset.theme;
    else root.dataset.theme = next;
    try {
      storage('local')?.setItem('procession-theme', next);
    } catch {
      // Not remembered then.
    }
    show();
    changed();
  } });
  /** Shows which theme there is. */
  const show = () => {
    const theme = root.dataset.theme ?? 'auto';
    button.replaceChildren(icon(theme));
    setAttr(button, 'aria-label', t(`theme.${theme}`));
    setAttr(button, 'title', t(`theme.${theme}`));
  };
  show();
  return button;
}
