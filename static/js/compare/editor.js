// Which worlds stand side by side: one or two beside the page's own, and in
// what each of them differs from it.

import { h, setChildren, setText } from '../dom/dom.js';
import { icon } from '../dom/icons.js';
import { MAX_BESIDE, MAX_WORKERS } from '../run/limits.js';
import { t } from '../words/text.js';
import { format, parse } from '../address/url.js';

/** What the editor offers; other keys of an address are kept as they are. */
const CHOICES = {
  mode: ['local', 'store', 'threads', 'cookie'],
  workers: Array.from({ length: MAX_WORKERS }, (_, i) => String(i + 1)),
  balancer: ['round-robin', 'random', 'least-connections', 'ip-hash', 'cookie-hash', 'sticky-cookie'],
  connection: ['per-request', 'keep-alive', 'browser', 'http2'],
};

/** Cures that people ask for, in the order in which they are offered. */
const NEXT = ['mode=store', 'mode=threads', 'mode=local&balancer=sticky-cookie', 'mode=cookie'];

export class Editor {
  #list = h('div', { class: 'worlds-edit' });
  #first = h('p', { class: 'first-world' });
  #add = h('button', { type: 'button', class: 'button', click: () => this.#more() });
  #chosen;
  /** @type {Map<string, string>[]} */
  #worlds = [];
  element;

  /** @param {(worlds: string[]) => void} chosen */
  constructor(chosen) {
    this.#chosen = chosen;
    setText(this.#add, t('beside.add'));
    this.element = h('dialog', { 'aria-labelledby': 'worlds-title', class: 'worlds-dialog' },
      h('header', {}, h('h2', { id: 'worlds-title' }, t('beside.edit')),
        h('button', { type: 'button', class: 'tool', 'aria-label': t('close'), click: () => this.element.close() }, icon('close'))),
      h('div', { class: 'help-body' }, h('p', {}, t('beside.edit.lead')), this.#first, this.#list,
        h('p', { class: 'buttons' },
          h('button', { type: 'button', class: 'button strong', 'data-show-worlds': true, click: () => this.#done() }, t('beside.show')), this.#add)));
    this.element.addEventListener('click', (event) => {
      if (event.target === this.element) this.element.close();
    });
  }

  /** @param {string} first the title of the page's own world @param {string[]} worlds */
  open(first, worlds) {
    setText(this.#first, t('beside.first', { title: first }));
    this.#worlds = worlds.map((w) => parse(w));
    this.#draw();
    this.element.showModal();
  }

  #more() {
    const used = this.#worlds.map((w) => format(w, []));
    this.#worlds.push(parse(NEXT.find((w) => !used.includes(w)) ?? NEXT[0]));
    this.#draw();
    const fields = this.#list.querySelectorAll('fieldset');
    fields[fields.length - 1]?.querySelector('select')?.focus();
  }

  #draw() {
    setChildren(this.#list, this.#worlds.map((world, i) => h('fieldset', { 'data-edit': i + 1 },
      h('legend', {}, t('beside.nth', { n: i + 2 })),
      ...Object.entries(CHOICES).map(([key, values]) => this.#field(world, key, values)),
      this.#worlds.length > 1 && h('button', { type: 'button', class: 'button', click: () => this.#less(i) }, t('beside.remove')))));
    const full = this.#worlds.length >= MAX_BESIDE;
    this.#add.disabled = full;
    this.#add.title = full ? t('beside.full') : '';
  }

  /** @param {number} at */
  #less(at) {
    this.#worlds.splice(at, 1);
    this.#draw();
    this.#add.focus();
  }

  /** @param {Map<string, string>} world @param {string} key @param {string[]} values */
  #field(world, key, values) {
    const same = h('option', { value: '' }, t('beside.same'));
    const control = h('select', {
      'data-key': key,
      change: () => {
        if (control.value) world.set(key, control.value);
        else world.delete(key);
      },
    }, same, ...values.map((v) => h('option', { value: v }, key === 'workers' ? v : t(`${key}.${v}`))));
    control.value = world.get(key) ?? '';
    return h('label', { class: 'field' }, h('span', { class: 'word' }, t(key)), control);
  }

  #done() {
    this.element.close();
    this.#chosen(this.#worlds.map((w) => format(w, [])));
  }
}
