// The code that runs, with everybody who is in it: a disc stands at the line at
// which a request is. In Go as it really runs here, as an Express app, or both
// beside each other.

import { Positions } from '../code/positions.js';
import { h, setChildren, setText } from '../dom/dom.js';
import { initials } from '../stage/ring.js';
import { read } from '../wire/requests.js';
import { t } from '../words/text.js';
import { Listing } from './listing.js';
import { Sheet } from './sheet.js';
import { styles } from '../dom/styles.js';

/** @typedef {import('../code/positions.js').File} File */
/** @typedef {import('../code/positions.js').Place} Place */
/** @typedef {import('../run/model.js').State} State */

/** So many are told by name below the code. */
const NAMED = 8;

/** With more than so many in the code nobody can follow each: it is drawn less often, ms. */
const MANY = 24;
const PAUSE = 100;

/** The tabs: a language, or both. */
const TABS = ['js', 'go', 'both'];

/** @type {Promise<File[]> | undefined} */
let asked;

/** No handlers of an author's own. */
const NONE = 'none';

/** @param {string} [handlers] those that the printed app is to have @returns {Promise<File[]>} */
async function files(handlers = NONE) {
  /** @type {{files: Partial<File>[]}} */
  const said = await read(`/code.json${handlers === NONE ? '' : `?handlers=${encodeURIComponent(handlers)}`}`);
  return said.files.map((f) => /** @type {File} */ ({ marks: {}, after: {}, expand: {}, ...f }));
}

export class Code {
  #sheet;
  #tabs = h('div', { class: 'code-tabs', role: 'tablist' });
  #file = h('select', { 'aria-label': t('code.file'), hidden: true });
  /** What is read, and its twin in the other language when both are shown. */
  #main = new Listing((p) => this.#disc(p));
  #twin = new Listing((p) => this.#disc(p));
  #text = h('div', { class: 'code-text', role: 'tabpanel' }, this.#main.element);
  #who = h('ul', { class: 'code-who' });
  #nobody = h('li', { class: 'nobody' }, t('code.nobody'));
  /** Items that say where somebody is, by what they say. @type {Map<string, HTMLElement>} */
  #known = new Map();
  #status = h('p', { class: 'sheet-lead' });
  /** @type {File[]} */
  #files = [];
  /** The file of each language that was looked at last. @type {Record<string, File>} */
  #last = {};
  #tab = 'js';
  /** The handlers that the printed app has. */
  #handlers = NONE;
  #positions = new Positions();
  #dirty = true;
  #drawn = 0; // wall ms
  #many = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #later;
  /** The event after which the positions are; -1: unknown. */
  #seq = -1;
  /** @type {Map<string, string>} */
  #letters = new Map();
  #visitors = 0;
  /** @type {State | undefined} */
  #state;

  /** @param {HTMLElement} page */
  constructor(page) {
    this.#sheet = new Sheet('code', t('code.title'), page);
    this.#tabs.setAttribute('aria-label', t('code.title'));
    this.#sheet.body.append(this.#status, h('div', { class: 'code-bar' }, this.#tabs, this.#file), this.#text, this.#who);
    this.#sheet.onToggle = () => {
      this.#seq = -1;
      for (const listing of [this.#main, this.#twin]) listing.leave();
    };
    this.#file.addEventListener('change', () => {
      const file = this.#files.find((f) => f.name === this.#file.value);
      if (file) this.#show(this.#tab, file);
    });
    this.#tabs.addEventListener('keydown', (event) => this.#key(event));
    this.#main.onPoint = (events) => this.#twin.twin(events);
    this.#twin.onPoint = (events) => this.#main.twin(events);
  }

  get isOpen() { return this.#sheet.isOpen; }

  async toggle() {
    if (this.#sheet.isOpen) {
      this.#sheet.close();
      return;
    }
    await styles('code');
    await this.#sheet.open();
    if (this.#files.length) {
      this.#page();
      return;
    }
    asked ??= files();
    try {
      this.#files = await asked;
    } catch {
      asked = undefined; // the next time asks again
      setText(this.#status, t('code.failed'));
      return;
    }
    this.#build();
  }

  /** Draws as soon as there is a picture. */
  #page() {
    this.#dirty = true;
    this.#drawn = 0;
    if (this.#state) this.draw(this.#state, this.#state.ts);
  }

  #build() {
    for (const file of this.#files) this.#last[file.language] ??= file;
    for (const tab of TABS) {
      this.#tabs.append(h('button', {
        type: 'button', role: 'tab', id: `code-${tab}`, 'data-language': tab, title: t(`code.${tab}.why`), click: () => this.#show(tab),
      }, t(`code.${tab}`)));
    }
    this.#show('js');
  }

  /** Has the printed app show the handlers of a run. @param {string} handlers */
  async #print(handlers) {
    this.#handlers = handlers;
    const all = await (asked ??= files());
    const own = handlers === NONE ? [] : await files(handlers).catch(() => []); // without them it is right, too
    if (handlers !== this.#handlers) return; // another run came meanwhile
    this.#files = all.map((f) => own.find(({ name }) => name === f.name) ?? f);
    for (const file of this.#files) if (this.#last[file.language].name === file.name) this.#last[file.language] = file;
    this.#show(this.#tab);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (!['ArrowLeft', 'ArrowRight', 'Home', 'End'].includes(event.key)) return;
    const tabs = /** @type {HTMLElement[]} */ ([...this.#tabs.children]);
    const at = tabs.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const next = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: tabs.length - 1 }[event.key] ?? at;
    const tab = tabs[(next + tabs.length) % tabs.length];
    tab.focus();
    tab.click();
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {string} name of a tab @param {File} [file] another than the one that was looked at last */
  #show(name, file = this.#last[name === 'js' ? 'js' : 'go']) {
    const both = name === 'both';
    this.#tab = name;
    this.#last[file.language] = file;
    for (const tab of this.#tabs.children) {
      const is = /** @type {HTMLElement} */ (tab).dataset.language === name;
      tab.setAttribute('aria-selected', String(is));
      /** @type {HTMLElement} */ (tab).tabIndex = is ? 0 : -1;
    }
    const beside = this.#files.filter((f) => f.language === file.language);
    this.#file.hidden = beside.length < 2;
    setChildren(this.#file, beside.map((f) => h('option', { value: f.name, selected: f === file }, f.name)));
    setText(this.#status, t(`code.${name}.why`));
    const { element } = this.#sheet;
    element.dataset.file = file.name;
    element.toggleAttribute('data-both', both);
    this.#text.setAttribute('aria-labelledby', `code-${name}`);
    setChildren(this.#text, both ? [this.#main.element, this.#twin.element] : [this.#main.element]);
    this.#main.show(file);
    if (both) this.#twin.show(this.#last.js);
    else this.#main.twin([]);
    this.#page();
  }

  /** @param {State} state */
  show(state) { this.#state = state; }

  /** @param {import('../run/model.js').Event} e @param {State} state after the event */
  note(e, state) {
    if (!this.#sheet.isOpen || this.#seq !== e.seq - 1) return; // draw begins anew
    this.#seq = e.seq;
    if (this.#positions.note(e, state)) this.#dirty = true;
  }

  /** @param {State} state @param {number} moment virtual µs */
  draw(state, moment) {
    this.#state = state;
    if (!this.#sheet.isOpen || !this.#main.file) return;
    const { handlers = NONE } = state.scenario;
    if (handlers !== this.#handlers) void this.#print(handlers).catch(() => {}); // it was there before
    if (this.#seq !== state.seq) {
      // Another moment than the one that followed: opened just now, or gone there.
      this.#positions.begin(state);
      this.#seq = state.seq;
      this.#dirty = true;
    }
    if (this.#positions.expire(moment)) this.#dirty = true;
    if (!this.#dirty) return;
    const wall = performance.now();
    if (this.#many && wall - this.#drawn < PAUSE) {
      // The last picture before the run stands still must not be missed.
      this.#later ??= setTimeout(() => {
        this.#later = undefined;
        if (this.#state) this.draw(this.#state, this.#state.ts);
      }, PAUSE);
      return;
    }
    this.#dirty = false;
    this.#drawn = wall;
    if (this.#visitors !== state.visitors.size) {
      this.#visitors = state.visitors.size;
      this.#letters = initials(state.visitors.keys());
    }
    const places = this.#positions.in(this.#main.file);
    this.#many = places.length > MANY;
    this.#main.mark(places);
    if (this.#tab === 'both' && this.#twin.file) this.#twin.mark(this.#positions.in(this.#twin.file));
    this.#list(places, state);
  }

  /** @param {Place} p */
  #disc(p) {
    const disc = h('i', { class: 'code-disc', title: `${p.visitor}, ${t('process.n', { pid: p.pid })}` }, this.#letters.get(p.visitor) ?? '');
    disc.style.setProperty('--ink-of', `var(--p${p.pid})`);
    return disc;
  }

  /** Says who is where, in words. @param {Place[]} places @param {State} state */
  #list(places, state) {
    const threads = state.scenario.mode === 'threads';
    const here = places.filter((p) => p.lines.length);
    if (!here.length) {
      this.#known.clear();
      setChildren(this.#who, [this.#nobody]);
      return;
    }
    const named = here.slice(0, NAMED);
    const deeper = this.#deeper(new Set(named.map((p) => p.req)));
    /** @type {Map<string, HTMLElement>} */
    const known = new Map();
    for (const p of named) {
      const other = deeper.get(p.req);
      const words = t(threads ? 'code.at.thread' : 'code.at', { visitor: p.visitor, pid: p.pid, tid: p.tid });
      // What did not change stays, and keeps the focus.
      const key = `${p.req} ${words} ${p.lines[0]} ${other?.file.name} ${other?.line}`;
      known.set(key, this.#known.get(key) ?? this.#item(p, words, other));
    }
    this.#known = known;
    setChildren(this.#who, [...known.values()]);
  }

  /** @param {Place} p @param {string} words @param {{file: File, line: number} | undefined} other */
  #item(p, words, other) {
    const name = h('b', {}, words);
    name.style.setProperty('color', `var(--p${p.pid})`);
    return h('li', { 'data-req': p.req }, this.#disc(p), name, ' ', t('code.line', { line: p.lines[0] }),
      other && h('button', { type: 'button', class: 'link', 'data-goto': other.file.name, click: () => this.#show(this.#tab, other.file) }, t('code.deeper', { file: other.file.name, line: other.line })));
  }

  /**
   * The other file in which a request is, too, by request.
   * @param {Set<number>} reqs
   * @returns {Map<number, {file: File, line: number}>}
   */
  #deeper(reqs) {
    const found = new Map();
    const shown = this.#main.file;
    for (const file of this.#files) {
      if (file === shown || file.language !== shown?.language) continue;
      for (const p of this.#positions.in(file, reqs)) {
        if (p.lines.length && !found.has(p.req)) found.set(p.req, { file, line: p.lines[0] });
      }
    }
    return found;
  }
}
