// One of several by key: arrows move among the choices and choose none of them,
// Space or Enter chooses. Each choice is a command to the run, and the way to the
// third one leads over the second. A pointer chooses as everywhere.

import '../words/rest.js';
import { h, setAttr } from '../dom/dom.js';
import { t } from '../words/text.js';

/** Where arrows lead. @type {Record<string, number>} */
const BY = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

const how = h('span', { id: 'choosing', hidden: true }, t('choosing'));
document.body.append(how);

/** The choices of which something is one. @param {EventTarget | null} target */
const groupOf = (target) => (target instanceof Element && target.matches('input[type="radio"]') ? target.closest('.segments') : null);

// Who comes to a choice hears how one chooses.
addEventListener('focusin', ({ target }) => {
  const group = groupOf(target);
  const said = (group?.getAttribute('aria-describedby') ?? '').split(' ').filter(Boolean);
  if (group && !said.includes(how.id)) setAttr(group, 'aria-describedby', [...said, how.id].join(' '));
});

// After whoever else a key may belong to.
addEventListener('keydown', (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  const group = groupOf(event.target);
  const choice = /** @type {HTMLInputElement} */ (event.target);
  const by = BY[event.key];
  if (!group || !(by || event.key === 'Enter')) return;
  event.preventDefault();
  if (!by) {
    if (!choice.checked && !event.repeat) choice.click();
    return;
  }
  const all = /** @type {HTMLInputElement[]} */ ([...group.querySelectorAll('input:enabled')]);
  all[(all.indexOf(choice) + by + all.length) % all.length]?.focus();
});
