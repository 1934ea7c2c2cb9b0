// Whose key it is. A key means the same wherever the focus is: it is the page's,
// but for what somebody needs who works with the keyboard or a screen reader.
//
//   a text field          keeps every key
//   a dialog, a menu      keeps every key
//   a select              keeps ↑ ↓ Home End Enter Space, and where the focus came by key all that it knows by itself
//   one of several        keeps ↑ ↓, Space where it is not chosen, and ← → where the focus came by key:
//                         arrows move, Space or Enter chooses (controls/choosing.js)
//   a button, a link      keeps Enter, and Space where the focus came by key
//
// Who works with the keyboard alone finds each control as it is everywhere. Who
// clicked one and goes on with a key means the run, and not the control once more.
//
// A held key counts once. With Ctrl, Alt or Meta it is the browser's, but for Ctrl Z and ⌘ Z, and with Shift.

const TEXT = 'textarea, [contenteditable], input:not([type="radio"], [type="checkbox"], [type="range"], [type="button"], [type="file"])';
const CLOSED = 'dialog, [role="menu"]';

/** What they keep besides where the focus came by key. */
const ONE_OF = 'input[type="radio"]';
const SIDEWAYS = ['ArrowLeft', 'ArrowRight'];

/** What keeps which keys. @type {[string, string[]][]} */
const KEPT = [
  ['select', ['ArrowUp', 'ArrowDown', 'Home', 'End', 'Enter', ' ']],
  ['input[type="radio"]:checked', ['ArrowUp', 'ArrowDown']],
  ['input[type="radio"]', ['ArrowUp', 'ArrowDown', ' ']],
  ['input', [' ', 'Enter']],
  ['button, a, summary', ['Enter', ' ']],
];

export class Keys {
  /** What was used last was a pointer. */
  #pointer = false;
  /** What has the focus got it, or was used, by a pointer. */
  #pointed = false;
  /** Where the pointer was last: what is there and gets the focus back did not get it by key, whichever key closed what it had opened. @type {Node | null} */
  #where = null;
  /** The release of this key does nothing. */
  #swallowed = '';

  /** @param {(event: KeyboardEvent) => boolean} press what a key means for the page; false: nothing */
  constructor(press) {
    addEventListener('pointerdown', (event) => {
      this.#pointer = this.#pointed = true;
      this.#where = /** @type {Node} */ (event.target);
    }, true);
    addEventListener('keydown', (event) => {
      this.#pointer = false;
      if (event.key === 'Tab') this.#where = null;
    }, true);
    addEventListener('focusin', ({ target }) => { this.#pointed = this.#pointer || /** @type {Node} */ (target).contains(this.#where); }, true);
    document.addEventListener('keydown', (event) => {
      if (!this.isPage(event) || !press(event)) return;
      event.preventDefault();
      this.#swallowed = event.key;
    });
    // Some browsers choose from a list by the letter that comes after the key.
    document.addEventListener('keypress', (event) => { if (event.key === this.#swallowed) event.preventDefault(); });
    // A button is pressed when the key is let go.
    document.addEventListener('keyup', (event) => {
      if (event.key === this.#swallowed) event.preventDefault();
      this.#swallowed = '';
    });
  }

  /** Whether a key is the page's. @param {KeyboardEvent} event */
  isPage(event) {
    const undo = event.key.toLowerCase() === 'z' && !event.altKey; // as everywhere, and with Shift it is done once more
    if (((event.ctrlKey || event.metaKey || event.altKey) && !undo) || event.defaultPrevented || event.repeat) return false;
    const target = /** @type {Element} */ (event.target);
    if (target.closest(`${TEXT}, ${CLOSED}`)) return false;
    for (const [what, keys] of KEPT) {
      if (!target.closest(what)) continue;
      if (!this.#pointed && (what === 'select' || (target.matches(ONE_OF) && SIDEWAYS.includes(event.key)))) return false;
      return !keys.includes(event.key) || (event.key === ' ' && this.#pointed && what.startsWith('button'));
    }
    return true;
  }
}
