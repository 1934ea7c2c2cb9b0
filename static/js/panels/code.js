// The code that runs, with everybody who is in it: a disc stands at the line at
// which a request is. In Go as it really runs here, and as an Express app.

import { tokens } from '../code/tokens.js';
import { Positions } from '../code/positions.js';
import { h, setAttr, setChildren, setText } from '../dom.js';
import { initials } from '../stage/ring.js';
import { t } from '../text.js';
import { Sheet } from './sheet.js';
import { styles } from './styles.js';

/** @typedef {import('../code/positions.js').File} File */
/** @typedef {import('../code/positions.js').Place} Place */
/** @typedef {import('../model.js').State} State */

/** More discs than this at one line are counted. */
const DISCS = 3;

/** The lines above the first that runs which are shown, too. */
const LEAD = 5;

/** So many are told by name below the code. */
const NAMED = 8;

/** @type {Promise<File[]> | undefined} */
let asked;

/** @returns {Promise<File[]>} */
async function files() {
  const answer = await fetch('/code.json');
  if (!answer.ok) throw new Error(`/code.json: ${answer.status}`);
  /** @type {{files: Partial<File>[]}} */
  const said = await answer.json();
  return said.files.map((f) => /** @type {File} */ ({ marks: {}, after: {}, expand: {}, ...f }));
}

/** One line of a file: its number, who is at it, its text. @typedef {{element: HTMLElement, who: HTMLElement, steps: HTMLElement[]}} Row */

export class Code {
  #sheet;
  #tabs = h('div', { class: 'code-tabs', role: 'tablist' });
  #file = h('select', { 'aria-label': t('code.file'), hidden: true });
  #text = h('ol', { class: 'code', tabindex: 0 });
  #who = h('ul', { class: 'code-who' });
  #nobody = h('li', { class: 'nobody' }, t('code.nobody'));
  /** Items that say where somebody is, by what they say. @type {Map<string, HTMLElement>} */
  #known = new Map();
  #status = h('p', { class: 'sheet-lead' });
  /** @type {File[]} */
  #files = [];
  /** @type {File | undefined} */
  #shown;
  /** The file of each language that was looked at last. @type {Record<string, File>} */
  #last = {};
  /** @type {Row[]} */
  #rows = [];
  /** Rows that somebody is at, or was just now. @type {Set<Row>} */
  #lit = new Set();
  #positions = new Positions();
  #dirty = true;
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
    this.#text.setAttribute('aria-label', t('code.title'));
    this.#tabs.setAttribute('aria-label', t('code.title'));
    this.#sheet.body.append(this.#status, h('div', { class: 'code-bar' }, this.#tabs, this.#file), this.#text, this.#who);
    this.#sheet.onToggle = () => { this.#seq = -1; };
    this.#file.addEventListener('change', () => {
      const file = this.#files.find((f) => f.name === this.#file.value);
      if (file) this.#show(file);
    });
    this.#tabs.addEventListener('keydown', (event) => this.#tab(event));
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
    this.#page();
  }

  /** Draws as soon as there is a picture. */
  #page() {
    this.#dirty = true;
    if (this.#state) this.draw(this.#state, this.#state.ts);
  }

  #build() {
    for (const language of ['go', 'js']) {
      const file = this.#files.find((f) => f.language === language);
      if (!file) continue;
      this.#last[language] = file;
      this.#tabs.append(h('button', {
        type: 'button', role: 'tab', id: `code-${language}`, 'data-language': language, title: t(`code.${language}.why`), click: () => this.#show(this.#last[language]),
      }, t(`code.${language}`)));
    }
    this.#text.setAttribute('role', 'tabpanel');
    this.#show(this.#files[0]);
  }

  /** @param {KeyboardEvent} event */
  #tab(event) {
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

  /** @param {File} file */
  #show(file) {
    this.#shown = file;
    this.#last[file.language] = file;
    for (const tab of this.#tabs.children) {
      const is = /** @type {HTMLElement} */ (tab).dataset.language === file.language;
      tab.setAttribute('aria-selected', String(is));
      /** @type {HTMLElement} */ (tab).tabIndex = is ? 0 : -1;
    }
    const beside = this.#files.filter((f) => f.language === file.language);
    this.#file.hidden = beside.length < 2;
    setChildren(this.#file, beside.map((f) => h('option', { value: f.name, selected: f === file }, f.name)));
    setAttr(this.#text, 'aria-labelledby', `code-${file.language}`);
    setText(this.#status, t(`code.${file.language}.why`));
    this.#sheet.element.dataset.file = file.name;
    this.#lit.clear();
    const colours = tokens(file.lines, file.language);
    this.#rows = file.lines.map((_, i) => row(i + 1, colours[i], file.expand[i + 1]));
    setChildren(this.#text, this.#rows.map((r) => r.element));
    // What comes before the first line that runs is seldom what one wants to read.
    const first = Math.min(...Object.values(file.marks).flat(), file.lines.length);
    this.#text.scrollTop = Math.max(0, (this.#rows[first - LEAD]?.element.offsetTop ?? 0) - (this.#rows[0]?.element.offsetTop ?? 0));
    this.#page();
  }

  /** @param {State} state */
  show(state) { this.#state = state; }

  /** @param {import('../model.js').Event} e @param {State} state after the event */
  note(e, state) {
    if (!this.#sheet.isOpen || this.#seq !== e.seq - 1) return; // draw begins anew
    this.#seq = e.seq;
    if (this.#positions.note(e, state)) this.#dirty = true;
  }

  /** @param {State} state @param {number} moment virtual µs */
  draw(state, moment) {
    this.#state = state;
    if (!this.#sheet.isOpen || !this.#shown) return;
    if (this.#seq !== state.seq) {
      // Another moment than the one that followed: opened just now, or gone there.
      this.#positions.begin(state);
      this.#seq = state.seq;
      this.#dirty = true;
    }
    if (this.#positions.expire(moment)) this.#dirty = true;
    if (!this.#dirty) return;
    this.#dirty = false;
    if (this.#visitors !== state.visitors.size) {
      this.#visitors = state.visitors.size;
      this.#letters = initials(state.visitors.keys());
    }
    this.#mark(this.#positions.in(this.#shown), state);
  }

  /** @param {Place[]} places @param {State} state */
  #mark(places, state) {
    /** @type {Map<Row, {at: Place[], passed: Place[]}>} */
    const next = new Map();
    /** @param {number} line */
    const of = (line) => {
      const r = this.#rows[line - 1];
      if (!r) return { at: [], passed: [] };
      const there = next.get(r) ?? { at: [], passed: [] };
      next.set(r, there);
      return there;
    };
    for (const place of places) {
      for (const line of place.lines) of(line).at.push(place);
      for (const line of place.passed) of(line).passed.push(place);
    }
    for (const r of this.#lit) if (!next.has(r)) this.#light(r, [], []);
    for (const [r, { at, passed }] of next) this.#light(r, at, passed);
    this.#lit = new Set(next.keys());
    this.#follow(places);
    this.#list(places, state);
  }

  /** @param {Row} r @param {Place[]} at who is at the line @param {Place[]} passed who was there just now */
  #light(r, at, passed) {
    const { element, who, steps } = r;
    element.classList.toggle('at', at.length > 0);
    element.classList.toggle('passed', !at.length && passed.length > 0);
    setAttr(element, 'data-at', at.length ? at.map((p) => p.req).join(' ') : undefined);
    const first = at[0] ?? passed[0];
    element.style.setProperty('--ink-of', first ? `var(--p${first.pid})` : 'transparent');
    setChildren(who, at.slice(0, DISCS).map((p) => this.#disc(p)).concat(at.length > DISCS ? [h('span', { class: 'code-more' }, `+${at.length - DISCS}`)] : []));
    steps.forEach((step, i) => {
      const here = at.filter((p) => p.step === i);
      step.classList.toggle('at', here.length > 0);
      setChildren(/** @type {Element} */ (step.firstElementChild), here.slice(0, DISCS).map((p) => this.#disc(p)));
    });
  }

  /** @param {Place} p */
  #disc(p) {
    const disc = h('i', { class: 'code-disc', title: `${p.visitor}, ${t('process.n', { pid: p.pid })}` }, this.#letters.get(p.visitor) ?? '');
    disc.style.setProperty('--ink-of', `var(--p${p.pid})`);
    return disc;
  }

  /** Brings a line that somebody is at into sight, when none is. @param {Place[]} places */
  #follow(places) {
    const lines = places.flatMap((p) => p.lines);
    if (!lines.length || this.#text.matches(':hover, :focus-within')) return; // somebody reads
    const height = this.#rows[0].element.offsetHeight;
    const { scrollTop, clientHeight } = this.#text;
    const tops = lines.map((l) => this.#rows[l - 1].element.offsetTop - this.#rows[0].element.offsetTop);
    if (tops.some((top) => top >= scrollTop && top + height <= scrollTop + clientHeight)) return;
    this.#text.scrollTop = Math.max(0, Math.min(...tops) - clientHeight / 3);
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
      other && h('button', { type: 'button', class: 'link', 'data-goto': other.file.name, click: () => this.#show(other.file) }, t('code.deeper', { file: other.file.name, line: other.line })));
  }

  /**
   * The other file in which a request is, too, by request.
   * @param {Set<number>} reqs
   * @returns {Map<number, {file: File, line: number}>}
   */
  #deeper(reqs) {
    const found = new Map();
    for (const file of this.#files) {
      if (file === this.#shown || file.language !== this.#shown?.language) continue;
      for (const p of this.#positions.in(file, reqs)) {
        if (p.lines.length && !found.has(p.req)) found.set(p.req, { file, line: p.lines[0] });
      }
    }
    return found;
  }
}

/**
 * @param {number} number @param {import('../code/tokens.js').Token[]} text @param {string[] | undefined} expand its steps, when it is not atomic
 * @returns {Row}
 */
function row(number, text, expand) {
  const who = h('span', { class: 'code-who-here', 'aria-hidden': 'true' });
  const steps = (expand ?? []).map((step) => h('span', { class: 'code-step', 'data-step': step }, h('span', { 'aria-hidden': 'true' }), t(`code.step.${step}`)));
  const note = steps.length ? h('span', { class: 'code-steps', title: t('code.steps', { steps: (expand ?? []).join(', ') }) }, ...steps) : undefined;
  const code = h('code', {}, ...text.map((token) => (token.kind ? h('span', { class: `token-${token.kind}` }, token.text) : token.text)), text.length ? '' : '\u200b');
  return { element: h('li', { 'data-number': number }, who, code, note), who, steps };
}
