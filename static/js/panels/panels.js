// What opens beside the stage when it is asked for: loaded then, and not before.

/** @typedef {import('../run/model.js').Event} Event */
/** @typedef {import('../run/model.js').State} State */

/** Keys, and what they open. @type {Record<string, string>} */
const KEYS = { s: 'settings', i: 'truth', a: 'people', p: 'processes', m: 'machine', w: 'why', c: 'code' };

/** The module of each panel, and its class. @type {Record<string, () => Promise<new (page: HTMLElement) => Panel>>} */
const MODULES = {
  settings: () => import('./settings.js').then((m) => m.Settings),
  truth: () => import('./truth.js').then((m) => m.Truth),
  people: () => import('./people.js').then((m) => m.People),
  why: () => import('./why.js').then((m) => m.Why),
  code: () => import('./code.js').then((m) => m.Code),
};

/** Where a tab keeps that the settings were open when they began a new run. */
export const REOPEN = 'procession-settings';

/**
 * @typedef {{toggle: (anchor: Element, state: State, disabled: boolean, about?: string) => unknown, show?: (state: State, disabled: boolean) => void,
 *   refuse?: (key: string, text: string) => boolean, waiting?: boolean, note?: (e: Event, state: State) => void,
 *   draw?: (state: State, moment: number, rest: boolean) => void, renew?: (known: boolean) => void}} Panel
 */

export class Panels {
  #page;
  /** @type {Map<string, Panel>} */
  #open = new Map();
  /** @type {State | undefined} */
  #state;
  #disabled = true;

  /** @param {HTMLElement} page */
  constructor(page) {
    this.#page = page;
    page.addEventListener('panel', (event) => {
      const { name, anchor, about } = /** @type {CustomEvent} */ (event).detail;
      this.toggle(name, anchor, about);
    });
  }

  /** @param {State} state @param {boolean} disabled nobody would hear a command */
  show(state, disabled) {
    const first = !this.#state;
    this.#state = state;
    this.#disabled = disabled;
    for (const panel of this.#open.values()) panel.show?.(state, disabled);
    if (first && reopens()) this.toggle('settings', this.#page);
  }

  /** Something was asked for, and has not happened yet. */
  get waiting() { return [...this.#open.values()].some((panel) => panel.waiting); }

  /**
   * The run refused something.
   * @param {string} key @param {string} text
   * @returns {boolean} whether a panel says so
   */
  refuse(key, text) {
    return [...this.#open.values()].some((panel) => panel.refuse?.(key, text));
  }

  /** A key was pressed that is nobody else's. @param {string} key @returns {boolean} whether it opens something */
  key(key) {
    const name = KEYS[key];
    if (!name) return false;
    // Its control does what the key does; where that is folded away, a visible one stands in.
    const control = [...this.#page.querySelectorAll(`[data-panel="${name}"]`)].find((c) => c.getClientRects().length);
    this.toggle(name, control ?? this.#page.querySelector('procession-more button') ?? this.#page);
    return true;
  }

  /** An event has just been applied to the state. @param {Event} e @param {State} state */
  note(e, state) {
    for (const panel of this.#open.values()) panel.note?.(e, state);
  }

  /** A picture of the run came. @param {boolean} known of the same run as before */
  renew(known) {
    for (const panel of this.#open.values()) panel.renew?.(known);
  }

  /** The state is drawn as it is at a moment. @param {State} state @param {number} moment virtual µs @param {boolean} rest time stands still */
  draw(state, moment, rest) {
    for (const panel of this.#open.values()) panel.draw?.(state, moment, rest);
  }

  /** @param {string} name @param {Element} anchor the control that asks @param {string} [about] what it is to tell about */
  async toggle(name, anchor, about) {
    if (!this.#state) return;
    if (name === 'processes') {
      this.#page.dispatchEvent(new CustomEvent('menu', { detail: { what: 'workers', which: '', anchor } }));
      return;
    }
    if (name === 'machine') {
      this.#page.dispatchEvent(new CustomEvent('machine'));
      return;
    }
    let panel = this.#open.get(name);
    if (!panel) {
      const Kind = await MODULES[name]?.();
      panel = this.#open.get(name) ?? (Kind && new Kind(this.#page));
      if (!panel) return;
      this.#open.set(name, panel);
      panel.show?.(this.#state, this.#disabled);
    }
    panel.toggle(anchor, this.#state, this.#disabled, about);
  }
}

/** Whether the settings were open when they began this run; true once. */
function reopens() {
  try {
    const was = sessionStorage.getItem(REOPEN) !== null;
    sessionStorage.removeItem(REOPEN);
    return was;
  } catch {
    return false;
  }
}
