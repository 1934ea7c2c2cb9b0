// What opens over the page: the menu of a visitor, a process or the store, and the
// help.
// Each loads when it is asked for.

import { styles } from '../dom/styles.js';

export class Overlays {
  #page;
  #room;
  /** Which entries the menu may have. @type {(verb: string) => boolean} */
  offers = () => true;
  /** @type {import('../controls/menu.js').MenuElement | undefined} */
  #menu;
  /** @type {import('../controls/help.js').HelpElement | undefined} */
  #help;

  /** @param {HTMLElement} page @param {import('../room/room.js').Room} room */
  constructor(page, room) {
    this.#page = page;
    this.#room = room;
    page.addEventListener('menu', (event) => void this.#openMenu(/** @type {CustomEvent} */ (event).detail));
  }

  /** @param {{what: import('../controls/menu.js').What, which: string, anchor: HTMLElement}} about */
  async #openMenu({ what, which, anchor }) {
    const { MenuElement } = await import('../controls/menu.js');
    await styles('overlay');
    if (!this.#menu) this.#page.append(this.#menu = new MenuElement());
    this.#menu.offers = this.offers;
    if (this.#room.listens) this.#menu.open(what, which, anchor, this.#room.world.state);
  }

  /** Nobody would hear what the menu asks for. */
  closeMenu() { this.#menu?.close(true); }

  async openHelp() {
    const { HelpElement } = await import('../controls/help.js');
    await styles('overlay');
    if (!this.#help) this.#page.append(this.#help = new HelpElement());
    void this.#help.open();
  }
}
