// How the page is laid out in what there is: the stage has its least size, what
// is around it gives way step by step, and what is left over is scrolled to.
// A panel stands beside the stage, below it or over it.
//
// Sizes are read here after a change of size, and never for a frame.

/** The steps in which the page gives way; the style sheets say what each of them means. The last is for a store, and for threads, in a low window (px), without a panel. */
const STEPS = 5;
const LOW = 700;

/** The width that a stage needs beside a panel, rem. */
const STAGE = 38;

/** The height of a window (rem) that has room for a stage and a panel below it; and its width where they must do with less, side by side. */
const BELOW = 28;
const BESIDE = 40;

/** The share of the window that may stay covered by the sentence and what is below it. */
const COVERED = 0.4;

export class Fit {
  #page;
  #width = 0;
  #height = 0;
  #waiting = false;

  /** @param {HTMLElement} page */
  constructor(page) {
    this.#page = page;
    addEventListener('resize', () => this.#look());
    // What opens or closes, and another set-up, leave another room to the stage.
    page.addEventListener('room', () => this.#soon());
    // Also where the reader's size of type changes.
    new ResizeObserver(() => this.#look()).observe(page);
  }

  #look() {
    if (this.#width === innerWidth && this.#height === innerHeight) return;
    this.#width = innerWidth;
    this.#height = innerHeight;
    this.now();
  }

  /** Once for all that changes in one go. */
  #soon() {
    if (this.#waiting) return;
    this.#waiting = true;
    queueMicrotask(() => {
      this.#waiting = false;
      this.now();
    });
  }

  /** Lays the page out anew. */
  now() {
    const root = document.documentElement;
    const rem = parseFloat(getComputedStyle(root).fontSize);
    this.#panel(root.clientWidth / rem, innerHeight / rem);
    if (!this.#giveWay() && root.dataset.sheet === 'beside') {
      root.dataset.sheet = 'aside';
      this.#giveWay();
    }
    const foot = this.#page.querySelector('procession-footer')?.getBoundingClientRect().height ?? 0;
    this.#page.toggleAttribute('data-loose', foot > innerHeight * COVERED || root.dataset.sheet === 'below');
  }

  /** Takes as many steps as it needs. @returns {boolean} whether all of the page is in the window then */
  #giveWay() {
    let tight = '';
    const low = innerHeight < LOW && /^[st]/.test(document.documentElement.dataset.mode ?? '') && !this.#page.querySelector(':scope > .sheet:not([hidden])');
    const most = low ? STEPS : STEPS - 1;
    for (let step = 0; step <= most; step++) {
      if (step) tight += ` ${step}`;
      this.#page.dataset.tight = tight.trim();
      if (this.#page.offsetHeight <= innerHeight + 1) return true;
    }
    return false;
  }

  /** Where an open panel has its place. @param {number} width @param {number} height of the window, rem */
  #panel(width, height) {
    const sheet = /** @type {HTMLElement | null} */ (this.#page.querySelector(':scope > .sheet:not([hidden])'));
    const { dataset } = document.documentElement;
    if (!sheet) {
      delete dataset.sheet;
      return;
    }
    dataset.sheet = 'beside';
    this.#page.style.setProperty('--aside', `${sheet.offsetWidth}px`);
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    if (sheet.classList.contains('wide')) dataset.sheet = 'over';
    else if (width - sheet.offsetWidth / rem < STAGE && (height > width || width < BESIDE)) dataset.sheet = height >= BELOW ? 'below' : 'over';
  }
}
