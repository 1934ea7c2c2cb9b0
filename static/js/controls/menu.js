// What can be asked of a visitor or done to a process or the store: a small menu
// beside it.

import '../words/rest.js';
import { h, setChildren } from '../dom/dom.js';
import { opWord, t } from '../words/text.js';
import { giveBack, Layer, openerOf } from '../dom/layers.js';

/** @typedef {'visitor' | 'worker' | 'workers' | 'store'} What one of them, or all processes */

/** The commands for each thing, in the order in which they are offered: first what is asked for most. @type {Record<What, string[]>} */
const OFFERS = {
  visitor: ['login', 'visit', 'cart', 'logout', 'count', 'chat', 'report', 'transfer', 'poll', 'plant', 'leave'],
  worker: ['crash', 'throw', 'restart'],
  workers: ['reload', 'restart'],
  store: ['up', 'slow', 'down', 'shutdown', 'full'],
};

/** More commands than this are one step away, so that the picture stays in sight. */
const COMMON = 4;

/**
 * Why something cannot be done now, as a key of the catalogue.
 * @param {What} what @param {string} which @param {string} verb @param {import('../run/model.js').State} state
 */
export function reason(what, which, verb, { ended, scenario, store, visitors, workers }) {
  if (ended) return 'do.ended';
  if (what === 'store') {
    if (store.state === (verb === 'shutdown' ? 'down' : verb)) return 'do.store.not';
    if (verb === 'full' && scenario['store-kind'] === 'database') return 'do.store.full.not';
  }
  if (what === 'worker') {
    const { state = 'down' } = workers.find((w) => w.pid === Number(which)) ?? {};
    if (state === 'down' || state === 'stopping') return `do.process.${state}`;
  }
  if (verb === 'transfer' && scenario.mode !== 'threads') return 'do.transfer.not';
  if (verb === 'plant') return visitors.size < 2 ? 'do.plant.alone' : visitors.get(which)?.sid ? undefined : 'do.plant.not';
  return undefined;
}

/**
 * The key under which the words of a command stand.
 * @param {What} what @param {string} verb @param {import('../run/model.js').State} state
 */
function wordsOf(what, verb, { scenario, store }) {
  if (what === 'store') return `do.store.${verb}`;
  if (what !== 'workers') return `do.${verb}`;
  if (verb !== 'reload') return `do.all.${verb}`;
  if (forks(scenario)) return 'do.all.reload.fork';
  return scenario.mode === 'store' && store.state === 'down' && scenario['store-connect'] === 'first' ? 'do.all.reload.store' : 'do.all.reload';
}

/** Whether nobody but a process has its port, so that a reload is a restart. @param {Record<string, string>} scenario */
const forks = ({ mode, pm2 = 'auto', balancer, workers }) => mode === 'threads' || (pm2 === 'auto' ? balancer !== 'round-robin' || workers === '1' : pm2 === 'fork');

/** The names of the author's own handlers. @param {Record<string, string>} scenario */
const ownOps = ({ handlers = 'none' }) => (handlers === 'none' ? [] : handlers.split('|').map((handler) => handler.split(':')[0].trim()));

export class MenuElement extends HTMLElement {
  #title = h('p', { class: 'menu-title' });
  #list = h('div', { role: 'menu' });
  /** @type {HTMLElement | undefined} */
  #anchor;
  /** What gets the focus back. @type {Element | undefined} */
  #opener;
  /** @param {Event} event */
  #outside = (event) => {
    if (!this.contains(/** @type {Node} */ (event.target))) this.close(false);
  };

  #layer = new Layer(() => this.close(true));

  /** Which commands may be offered, and whether the story ("why"). @type {(verb: string) => boolean} */
  offers = () => true;

  connectedCallback() {
    if (this.childElementCount) return;
    this.hidden = true;
    this.setAttribute('role', 'region');
    this.append(this.#title, this.#list);
    this.addEventListener('keydown', (event) => this.#key(event));
    this.addEventListener('focusout', (event) => {
      if (event.relatedTarget && !this.contains(/** @type {Node} */ (event.relatedTarget))) this.close(false);
    });
  }

  /**
   * @param {What} what @param {string} which @param {HTMLElement} anchor
   * @param {import('../run/model.js').State} state
   */
  open(what, which, anchor, state) {
    this.#anchor = anchor;
    this.#opener = openerOf(anchor);
    this.#title.textContent = what === 'visitor' ? which : what === 'store' ? t(`store.name.${state.scenario['store-kind'] ?? 'redis'}`) : t(what === 'worker' ? 'process.n' : 'process.all', { pid: which });
    this.#list.setAttribute('aria-label', this.#title.textContent ?? '');
    this.setAttribute('aria-label', this.#title.textContent ?? '');
    const own = what === 'visitor' ? ownOps(state.scenario) : [];
    const items = [...own, ...OFFERS[what]].filter((verb) => this.offers(what === 'store' ? what : verb === 'throw' ? 'crash' : verb)).map((verb) => {
      const command = what === 'store' ? `store ${verb}` : verb === 'throw' ? `crash ${which} handler` : which ? `${verb} ${which}` : verb;
      const not = reason(what, which, verb, state);
      const key = wordsOf(what, verb, state);
      return h('button', {
        type: 'button', role: 'menuitem', tabindex: -1, 'data-do': command, 'aria-disabled': not && 'true',
        click: () => {
          if (not) return;
          if (verb === 'plant') this.#whom(command, [...state.visitors.keys()].filter((name) => name !== which));
          else this.#order(command);
        },
      }, h('b', {}, own.includes(verb) ? opWord(verb) : t(key)), h('span', {}, t(not ?? (own.includes(verb) ? 'do.own.why' : `${key}.why`), { pid: which })));
    });
    const first = items[0];
    if (what !== 'workers' && anchor instanceof Element) items.push(this.#signs(anchor));
    if (items.length > COMMON + 1) items.splice(COMMON, 0, this.#more(items.slice(COMMON)));
    if (what !== 'workers' && this.offers('why')) items.push(this.#why(which ? `${what}:${which}` : what));
    setChildren(this.#list, items);
    this.hidden = false;
    this.#layer.rise();
    this.#place(anchor.getBoundingClientRect());
    (first ?? items[0]).focus({ preventScroll: true });
    addEventListener('pointerdown', this.#outside, true);
  }

  /** @param {string} command */
  #order(command) {
    this.dispatchEvent(new CustomEvent('order', { bubbles: true, detail: { do: command } }));
    this.close(true);
  }

  /** Asks on whom something is done. @param {string} command @param {string[]} names */
  #whom(command, names) {
    this.#title.textContent = t('do.plant.whom');
    setChildren(this.#list, names.map((name) => h('button', {
      type: 'button', role: 'menuitem', tabindex: -1, 'data-do': `${command} on ${name}`, click: () => this.#order(`${command} on ${name}`),
    }, h('b', {}, name))));
    if (this.#anchor) this.#place(this.#anchor.getBoundingClientRect());
    this.#list.querySelector('button')?.focus({ preventScroll: true });
  }

  /** The entry in whose place those stand that are one step away. @param {HTMLElement[]} rest */
  #more(rest) {
    for (const item of rest) item.hidden = true;
    const more = h('button', {
      type: 'button', role: 'menuitem', tabindex: -1, 'data-more': true,
      click: () => {
        for (const item of rest) item.hidden = false;
        more.hidden = true;
        if (this.#anchor) this.#place(this.#anchor.getBoundingClientRect());
        rest[0].focus({ preventScroll: true });
      },
    }, h('b', {}, t('do.more')));
    return more;
  }

  /** The entry that explains the signs of the thing. @param {Element} thing */
  #signs(thing) {
    return h('button', {
      type: 'button', role: 'menuitem', tabindex: -1, 'data-signs': true,
      click: () => {
        this.close(true);
        document.dispatchEvent(new CustomEvent('signs', { detail: thing }));
      },
    }, h('b', {}, t('signs.menu')), h('span', {}, t('signs.menu.why')));
  }

  /** The entry that tells the story of the thing. @param {string} subject */
  #why(subject) {
    return h('button', {
      type: 'button', role: 'menuitem', tabindex: -1, 'data-about': subject,
      click: () => {
        const anchor = this.#anchor;
        this.close(true);
        this.dispatchEvent(new CustomEvent('panel', { bubbles: true, detail: { name: 'why', anchor, about: subject } }));
      },
    }, h('b', {}, t('why')), h('span', {}, t('why.why')));
  }

  /** @param {boolean} back the focus goes back to where it was */
  close(back) {
    if (this.hidden) return;
    this.hidden = true;
    this.#layer.gone();
    removeEventListener('pointerdown', this.#outside, true);
    if (back) giveBack(this.#opener);
  }

  /** Beside the thing, and within the window. @param {DOMRect} at */
  #place(at) {
    const { width, height } = this.getBoundingClientRect();
    const gap = 8;
    const view = document.documentElement;
    const right = at.right + gap + width <= view.clientWidth;
    const left = right ? at.right + gap : Math.max(gap, Math.min(at.left, view.clientWidth - width - gap));
    const below = right ? at.top : at.bottom + gap;
    const top = below + height + gap <= view.clientHeight ? below : Math.max(gap, right ? view.clientHeight - height - gap : at.top - height - gap);
    this.style.left = `${left}px`;
    this.style.top = `${top}px`;
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const items = [...this.#list.querySelectorAll('button')].filter((item) => !item.hidden);
    const at = items.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
    if (event.key === 'ArrowDown' && items[at]?.hasAttribute('data-more')) {
      items[at].click();
      event.stopPropagation();
      event.preventDefault();
      return;
    }
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
    if (event.key === 'Tab') this.close(true);
    else if (next !== undefined) items[(next + items.length) % items.length].focus();
    else return;
    event.stopPropagation();
    if (event.key !== 'Tab') event.preventDefault();
  }
}

customElements.define('procession-menu', MenuElement);
