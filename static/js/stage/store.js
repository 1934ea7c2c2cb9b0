// The shared store: its keys, and the last commands that it executed.

import { h, setAttr, setChildren, setInk, setText } from '../dom/dom.js';
import { t } from '../words/text.js';
import { Chips } from './chips.js';
import { keeps, readable } from './brief.js';

/** How many of the last commands are shown at most, and at least. */
const SHOWN = 6;
const FEWEST = 2;

/** Heights in the box (rem): of a command, of all that is neither; what is added to the address, and to a database; how much more than its line of type a key has. */
const COMMAND = 1.38;
const REST = 5.8;
const ADDRESS = 2.2;
const DATABASE = 4.5;
const KEY = 1.1;
const LINE = 1.45;

export class StoreView {
  #title = h('b');
  #state = h('span', { class: 'life' });
  #chips = new Chips();
  #log = h('ol', { class: 'log' });
  #address = h('p', { class: 'address', hidden: true });
  /** What makes a database another thing than Redis. */
  #disk = h('p', { class: 'disk', hidden: true });
  element = h('section', { class: 'process store', 'data-store-state': 'up' },
    h('header', {}, h('button', { class: 'head', type: 'button', 'aria-haspopup': 'menu' }, this.#title, this.#state)),
    h('div', { class: 'memory' }, this.#chips.element), this.#disk, this.#log, this.#address);

  constructor() {
    setInk(this.element, 'store');
  }

  /** Where redis-cli can look in. @param {string} address */
  set address(address) {
    this.#address.hidden = !address;
    setText(this.#address, address ? t('store.address', { port: address.replace(/^.*:/, '') }) : '');
  }

  /**
   * @param {import('../run/model.js').State} state @param {import('./traces.js').Traces} traces
   * @param {number} height of the floor, rem @param {import('./parts/rooms.js').Space} space
   */
  show({ store, scenario }, traces, height, space) {
    // The keys come first: they are what is shared.
    const room = height - REST - (scenario['store-kind'] === 'database' ? DATABASE : 0) - (this.#address.hidden ? 0 : ADDRESS);
    const key = space.em * LINE + KEY;
    const rows = Math.max(2, Math.min(8, Math.floor((room - FEWEST * COMMAND) / key)));
    setText(this.#title, t(`store.name.${scenario['store-kind'] ?? 'redis'}`));
    setAttr(this.element, 'data-store-state', store.state);
    setAttr(this.element, 'data-kind', scenario['store-kind'] ?? 'redis');
    this.#disk.hidden = scenario['store-kind'] !== 'database';
    setText(this.#disk, t(store.state === 'down' ? 'store.disk.down' : 'store.disk'));
    const word = t(`store.is.${store.state}`);
    setText(this.#state, keeps(word, store));
    this.#chips.show(store.sessions, traces, 0, space.column(rows));
    // Whole lines, and the newest always.
    const shown = Math.max(1, Math.min(SHOWN, Math.floor((room - Math.max(1, this.#chips.element.childElementCount) * key) / COMMAND)));
    this.#log.style.setProperty('--lines', String(shown));
    const lines = store.commands.slice(-shown);
    while (this.#log.children.length > lines.length) this.#log.lastElementChild?.remove();
    while (this.#log.children.length < lines.length) this.#log.append(h('li'));
    lines.forEach((line, i) => {
      const item = this.#log.children[i];
      setText(item, readable(line));
      setAttr(item, 'data-is', line);
    });
  }
}
