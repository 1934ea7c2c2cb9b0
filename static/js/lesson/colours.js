// Light, dark or for a projector: the button of the stage, for the pages of the
// lessons.

import { h, setAttr } from '../dom/dom.js';
import { icon } from '../dom/icons.js';
import { t } from '../words/text.js';

const THEMES = ['auto', 'light', 'dark', 'projector'];

/** @param {(theme: string) => void} [told] who else wants to know */
export function colours(told = () => {}) {
  const { dataset } = document.documentElement;
  const show = () => {
    const theme = dataset.theme ?? 'auto';
    button.replaceChildren(icon(theme));
    setAttr(button, 'aria-label', t(`lesson.theme.${theme}`));
    setAttr(button, 'title', t(`lesson.theme.${theme}`));
  };
  const button = h('button', {
    type: 'button', class: 'tool', 'data-colours': true,
    click: () => {
      const theme = THEMES[(THEMES.indexOf(dataset.theme ?? 'auto') + 1) % THEMES.length];
      if (theme === 'auto') delete dataset.theme;
      else dataset.theme = theme;
      try {
        localStorage.setItem('procession-theme', theme);
      } catch {
        // Not remembered then.
      }
      show();
      told(theme);
    },
  });
  show();
  return button;
}
