// What lies open above the page, in the order in which it opened: Esc closes the
// last, wherever the focus is. Whatever can be closed says here when it opens,
// and when it has closed. An open dialog is the browser's to close: nothing can
// open above it.

/** The last opened last. @type {Layer[]} */
const open = [];

export class Layer {
  #close;

  /** @param {() => void} close closes it, and gives the focus back */
  constructor(close) {
    this.#close = close;
  }

  /** It is open, and above all others. */
  rise() {
    this.gone();
    open.push(this);
  }

  /** It is closed, however that came. */
  gone() {
    const at = open.indexOf(this);
    if (at >= 0) open.splice(at, 1);
  }

  close() { this.#close(); }
}

/** What had the focus when a key was pressed; undefined: the last was a pointer. @type {Element | null | undefined} */
let keyed;

/** What gets the focus back when something closes: what had it when a key opened that, else the control that was pressed. @param {Element} control */
export function openerOf(control) {
  if (!keyed || keyed === document.body || keyed.getClientRects().length) return keyed ?? control;
  const now = document.activeElement; // it went with what it was in, which gave the focus back
  return now && now !== document.body ? now : control;
}

/** Whether Esc has something to close. */
export const anyOpen = () => open.length > 0 || document.querySelector('dialog[open]') !== null;

/**
 * Gives the focus back to what opened something; where that is folded away, to what unfolds it.
 * @param {Element | null | undefined} opener
 */
export function giveBack(opener) {
  if (!(opener instanceof HTMLElement) || !opener.isConnected) return;
  const there = opener.getClientRects().length ? opener : document.querySelector('procession-more > button');
  /** @type {HTMLElement | null} */ (there)?.focus({ preventScroll: true });
}

/** @param {KeyboardEvent} event */
function press(event) {
  if (event.key !== 'Escape' || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const last = open.at(-1);
  if (!last || document.querySelector('dialog[open]')) return;
  event.preventDefault();
  event.stopPropagation();
  if (!event.repeat) last.close(); // a held key counts once
}

// In a test there is no page. Before whatever has the focus, and after what ends with any key (a blank screen, the opening).
if (typeof document !== 'undefined') {
  document.addEventListener('keydown', press, true);
  document.addEventListener('keydown', () => { keyed = document.activeElement; }, true);
  document.addEventListener('pointerdown', () => { keyed = undefined; }, true);
}
