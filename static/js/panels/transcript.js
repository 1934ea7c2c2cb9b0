// All that was said up to the moment that is shown, as a list to read and to copy.

import { h, setChildren, setText } from '../dom/dom.js';
import { Heard } from '../words/heard.js';
import { moment } from '../words/narrate.js';
import { language, sentences, t } from '../words/text.js';
import { Sheet } from './sheet.js';
import { styles } from '../dom/styles.js';

/** @typedef {import('../words/heard.js').Line} Line */

/** The list follows the run in steps of this, ms: nobody reads faster. */
const PAUSE = 250;

/** So near to the end (px) somebody wants to see what comes. */
const NEAR = 40;

export class Transcript {
  #heard = new Heard(sentences(), language);
  #world;
  #sheet;
  #before = h('p', { class: 'sheet-lead', hidden: true });
  #list = h('ol', { class: 'transcript', tabindex: 0 });
  #status = h('span', { role: 'status' });
  /** @type {Map<number, HTMLElement>} */
  #items = new Map();
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #timer;
  /** @type {Line[]} */
  #lines = [];

  /** @param {import('../run/world.js').World} world @param {HTMLElement} page */
  constructor(world, page) {
    this.#world = world;
    this.#sheet = new Sheet('transcript', t('transcript.title'), page);
    this.#list.setAttribute('aria-label', t('transcript.title'));
    this.#sheet.body.append(h('p', { class: 'sheet-lead' }, t('transcript.lead')), this.#before, this.#list);
    this.#sheet.foot.hidden = false;
    this.#sheet.foot.append(this.#status, h('span', { class: 'buttons' }, h('button', { type: 'button', class: 'button', 'data-copy': true, click: () => this.#copy() }, t('transcript.copy'))));
    this.#sheet.onToggle = (open) => {
      clearInterval(this.#timer);
      if (open) this.#timer = setInterval(() => this.#show(), PAUSE);
      setText(this.#status, '');
    };
  }

  async toggle() {
    if (this.#sheet.isOpen) {
      this.#sheet.close();
      return;
    }
    await styles('transcript');
    await this.#sheet.open();
    this.#show();
    this.#list.scrollTop = this.#list.scrollHeight;
  }

  #show() {
    const { past, state } = this.#world;
    if (!past) return;
    this.#heard.follow(past);
    const { lines, dropped } = this.#heard.until(state.seq);
    this.#lines = lines;
    const follows = this.#list.scrollHeight - this.#list.scrollTop - this.#list.clientHeight < NEAR;
    const there = new Set(lines.map((l) => l.seq));
    for (const [seq, item] of this.#items) {
      if (there.has(seq)) continue;
      item.remove();
      this.#items.delete(seq);
    }
    setChildren(this.#list, lines.map((line) => {
      const item = this.#items.get(line.seq) ?? this.#item(line);
      this.#items.set(line.seq, item);
      return item;
    }));
    this.#before.hidden = !dropped;
    setText(this.#before, t('transcript.dropped', { n: dropped }));
    this.#list.dataset.lines = String(lines.length);
    if (follows) this.#list.scrollTop = this.#list.scrollHeight;
  }

  /** @param {Line} line */
  #item(line) {
    return h('li', {}, h('time', {}, moment(line.ts, language)), ' ', h('span', {}, ...line.parts.map((p) => {
      if (!p.ink) return p.text;
      const word = h('b', {}, p.text);
      word.style.setProperty('color', `var(--${p.ink})`);
      return word;
    })));
  }

  async #copy() {
    const text = this.#lines.map((l) => `${moment(l.ts, language)}\t${l.parts.map((p) => p.text).join('')}`).join('\n');
    try {
      await navigator.clipboard.writeText(`${text}\n`);
      setText(this.#status, t('transcript.copied'));
    } catch {
      // No clipboard here, such as over plain http: mark the list for Ctrl+C.
      getSelection()?.selectAllChildren(this.#list);
      setText(this.#status, t('transcript.marked'));
    }
  }
}
