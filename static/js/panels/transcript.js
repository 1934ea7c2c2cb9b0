// All that was said, as a list to read and to copy.

import { h, setText } from '../dom.js';
import { moment } from '../narrate.js';
import { t } from '../text.js';
import { Sheet } from './sheet.js';
import { styles } from './styles.js';

/** @typedef {import('../heard.js').Line} Line */

/** The list follows the run in steps of this, ms: nobody reads faster. */
const PAUSE = 250;

/** So near to the end (px) somebody wants to see what comes. */
const NEAR = 40;

export class Transcript {
  #heard;
  #sheet;
  #before = h('p', { class: 'sheet-lead', hidden: true });
  #list = h('ol', { class: 'transcript', tabindex: 0 });
  #status = h('span', { role: 'status' });
  /** @type {Map<number, HTMLElement>} */
  #items = new Map();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {import('../heard.js').Heard} heard @param {HTMLElement} page */
  constructor(heard, page) {
    this.#heard = heard;
    this.#sheet = new Sheet('transcript', t('transcript.title'), page);
    this.#list.setAttribute('aria-label', t('transcript.title'));
    this.#sheet.body.append(h('p', { class: 'sheet-lead' }, t('transcript.lead')), this.#before, this.#list);
    this.#sheet.foot.hidden = false;
    this.#sheet.foot.append(this.#status, h('span', { class: 'buttons' }, h('button', { type: 'button', class: 'button', 'data-copy': true, click: () => this.#copy() }, t('transcript.copy'))));
    this.#sheet.onToggle = (open) => {
      clearTimeout(this.#timer);
      this.#timer = undefined;
      heard.onChange = open ? () => { this.#timer ??= setTimeout(() => this.#show(), PAUSE); } : () => {};
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
    this.#timer = undefined;
    const { lines, dropped } = this.#heard;
    const follows = this.#list.scrollHeight - this.#list.scrollTop - this.#list.clientHeight < NEAR;
    const there = new Set(lines.map((l) => l.seq));
    for (const [seq, item] of this.#items) {
      if (there.has(seq)) continue;
      item.remove();
      this.#items.delete(seq);
    }
    // Lines come at the end only, so what is new is appended.
    for (const line of lines) {
      if (this.#items.has(line.seq)) continue;
      const item = this.#item(line);
      this.#items.set(line.seq, item);
      this.#list.append(item);
    }
    this.#before.hidden = !dropped;
    setText(this.#before, t('transcript.dropped', { n: dropped }));
    this.#list.dataset.lines = String(lines.length);
    if (follows) this.#list.scrollTop = this.#list.scrollHeight;
  }

  /** @param {Line} line */
  #item(line) {
    return h('li', {}, h('time', {}, moment(line.ts)), ' ', h('span', {}, ...line.parts.map((p) => {
      if (!p.ink) return p.text;
      const word = h('b', {}, p.text);
      word.style.setProperty('color', `var(--${p.ink})`);
      return word;
    })));
  }

  async #copy() {
    const text = this.#heard.lines.map((l) => `${moment(l.ts)}\t${l.parts.map((p) => p.text).join('')}`).join('\n');
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
