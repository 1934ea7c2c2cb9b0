// The page: one world of its own, a room that tells it what happens, and the
// moment that is shown. Everything on the screen is drawn from that world at
// that moment, be it now, in the past, or where a link leads.

import { addressOf } from '../address/address.js';
import { Link } from '../address/link.js';
import { MODES } from '../controls/controls.js';
import { h, setAttr } from '../dom/dom.js';
import { icon } from '../dom/icons.js';
import { Panels } from '../panels/panels.js';
import { Room } from '../room/room.js';
import { World } from '../run/world.js';
import { t } from '../words/text.js';
import { Banners } from './banners.js';
import { Drawing } from './drawing.js';
import { Keys } from './keys.js';
import { Overlays } from './overlays.js';
import { Telling } from './telling.js';
import { Views } from './views.js';

/** What is not needed for the first picture waits so long, ms. */
const SETTLED = 250;

/** Keys of time. @type {Record<string, string>} */
const TIMES = { ArrowRight: 'step', '.': 'step', '-': 'slower', '+': 'faster', '=': 'faster', r: 'reset' };

/** Keys that may come before what they mean. */
const PRESENTS = ['f', 't', 'b'];

export class AppElement extends HTMLElement {
  #root = document.documentElement;
  #controls = /** @type {import('../controls/controls.js').ControlsElement} */ (document.createElement('procession-controls'));
  #transport = /** @type {import('../controls/transport.js').TransportElement} */ (document.createElement('procession-transport'));
  #stage = /** @type {import('../stage/stage.js').StageElement} */ (document.createElement('procession-stage'));
  #footer = /** @type {import('./footer.js').FooterElement} */ (document.createElement('procession-footer'));
  #more = /** @type {import('../controls/more.js').MoreElement} */ (document.createElement('procession-more'));
  #present = /** @type {import('../controls/present.js').PresentElement} */ (document.createElement('procession-present'));
  #banners = new Banners();
  #panels = new Panels(this);
  #world = new World(this.#stage);
  #link = new Link(this.dataset.version);
  #room = new Room(this.#link, this.#world);
  #views = new Views(this, this.#room);
  #overlays = new Overlays(this, this.#room);
  #drawing = new Drawing(this, this.#room);
  #telling = new Telling(this.#room, this.#footer);
  /** The page's part as a frame in another page. @type {import('../embed/embed.js').Embed | undefined} */
  #embed;
  /** Time travel, once it is there. @type {import('../travel/travel.js').Travel | undefined} */
  #travel;
  /** @type {import('../travel/timeline.js').TimelineElement | undefined} */
  #timeline;
  /** @type {Promise<void> | undefined} */
  #learned;
  /** What comes after the first picture. @type {import('./afterwards.js').Late} */
  #late = {};

  /** What is counted. @type {import('../run/figures.js').Window} */
  #window = 'change';

  connectedCallback() {
    if (this.#root.dataset.connection) return;
    this.#build();
    this.#listen();
    this.#motion();
    this.#root.dataset.connection = 'connecting';
    this.#footer.introduce(t('connecting'));
    // Without its opening the page begins as it does for who was here before.
    const first = this.#telling.open(this, this.#drawing.still).catch(() => {});
    void Promise.all([this.#views.ready(), this.#join(), first]).then(() => this.#room.open());
  }

  #build() {
    setAttr(this.#stage, 'role', 'main');
    const help = h('button', { type: 'button', class: 'tool', 'aria-label': t('help'), title: t('hint', { word: t('help'), key: t('key.help') }), click: () => void this.#overlays.openHelp() }, icon('help'));
    this.replaceChildren(
      h('header', { class: 'bar' },
        h('a', { class: 'brand', href: addressOf('', location.search), title: t('brand.why') }, h('i', { 'aria-hidden': 'true' }), h('i', { 'aria-hidden': 'true' }), h('i', { 'aria-hidden': 'true' }), h('span', {}, t('brand'))),
        this.#controls.setUp,
        h('span', { class: 'tools' }, h('a', { class: 'to-lessons', href: addressOf('', location.search, '/lessons') }, t('lessons')), this.#more)),
      this.#banners.element, this.#stage, this.#footer,
    );
    this.#footer.append(h('div', { class: 'deck' }, this.#controls, this.#transport));
    if (this.#room.framed) this.#more.append(this.#present); // which has nothing to be seen there
    else this.#more.fill([this.#views.element], this.#present, help, () => this.#recolour());
    this.#dated();
  }

  #listen() {
    const room = this.#room;
    const drawing = this.#drawing;
    const detail = (/** @type {Event} */ event) => /** @type {CustomEvent} */ (event).detail;
    room.addEventListener('run', () => this.#dated());
    room.addEventListener('picture', (event) => this.#renew(detail(event)));
    room.addEventListener('grown', () => this.#travel?.grow());
    room.addEventListener('pace', (event) => {
      if (detail(event)?.playing) this.#travel?.goOn();
      drawing.refresh();
    });
    room.addEventListener('condition', (event) => this.#connected(detail(event)));
    room.addEventListener('problem', (event) => void this.#refused(detail(event)));
    room.addEventListener('unheard', (event) => this.#banners.complain(detail(event), t(`connection.${detail(event)}`)));
    room.addEventListener('progress', (event) => this.#banners.progress(detail(event)));
    room.addEventListener('heard', () => drawing.wake());
    this.#world.onEvent = (e, state) => {
      this.#panels.note(e, state);
      this.#late.voice?.note(e);
    };
    this.#world.addEventListener('change', () => {
      this.#banners.progress(this.#world.progress);
      drawing.refresh();
    });
    drawing.addEventListener('moment', (event) => this.#draw(detail(event)));
    drawing.addEventListener('drawn', () => this.#embed?.tell());
    drawing.addEventListener('motion', () => this.#motion());
    this.addEventListener('order', (event) => this.#order(detail(event)));
    this.addEventListener('refused', () => this.#controls.forgetWishes());
    this.addEventListener('travel', () => void this.#learnToTravel());
    this.addEventListener('moment', (event) => {
      const { seq, ts } = detail(event);
      void this.#learnToTravel().then(() => (seq === undefined ? this.#travel?.to(ts) : this.#travel?.toEvent(seq)));
    });
    this.addEventListener('window', (event) => {
      this.#window = this.#views.window = detail(event);
      drawing.refresh();
    });
    this.addEventListener('choices', () => this.#late.voice?.say(t('opening.choices')));
    this.addEventListener('introduce', (event) => this.#telling.introduce(detail(event)));
    this.addEventListener('colours', () => this.#recolour());
    this.addEventListener('stale', () => drawing.wake());
    new Keys((event) => this.#key(event));
    addEventListener('pagehide', () => room.markPlace());
    addEventListener('online', () => room.hurry());
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#recolour());
  }

  /** Where the page is a frame in another one, it learns what is wanted of it. */
  async #join() {
    if (!this.#room.framed) return;
    const { Embed } = await import('../embed/embed.js');
    const embed = (this.#embed = new Embed(this, this.#room, this.#views));
    this.#overlays.offers = (verb) => embed.offers(verb);
  }

  // ---- what the server says

  /** @param {{message: import('../wire/wire.js').Snapshot, known: boolean}} picture */
  #renew({ known }) {
    this.#banners.progress(undefined);
    this.#controls.forgetWishes();
    this.#stage.storeAddress = this.#room.storeAddress;
    if ((!known || this.#telling.leaves) && !this.#telling.opening) this.#telling.renew(Boolean(this.#root.dataset.ready) && this.#world.state.seq > 0);
    this.#travel?.renew(known);
    this.#drawing.now();
    this.#panels.renew(known);
    this.#embed?.opened();
    if (this.#root.dataset.ready) return; // another run in the same page
    if (!this.#room.framed) setTimeout(() => void this.#learnToTravel(), SETTLED);
    this.#root.dataset.ready = 'true';
    performance.mark('ready'); // the first load ends here; the rest comes when there is time
    void import('./afterwards.js').then(({ bring }) => bring(this.#late, this.#stage, this.#footer, this.#present, this.#room, () => this.#drawing.refresh()));
  }

  /** Says why something was refused, in the reader's language. @param {import('../wire/wire.js').Problem} message */
  async #refused(message) {
    this.#travel?.refused();
    this.#controls.forgetWishes();
    this.#views.refused(message);
    const text = await import('../words/problems.js').then(({ told }) => told(message, document.documentElement.lang), () => message.text);
    if (!this.#panels.refuse(message.key, text)) this.#banners.complain(message.code, text);
  }

  /** @param {import('../wire/connection.js').Condition} condition */
  #connected(condition) {
    this.#banners.connection(condition);
    if (condition === 'open') this.#banners.calm();
    else if (!this.#room.listens) this.#overlays.closeMenu();
    this.#controls.disabled = !this.#room.listens;
    this.#drawing.now(); // where the clock stands
    this.#root.dataset.connection = condition;
    this.#drawing.wake();
  }

  // ---- what people ask for

  /** @param {import('../room/room.js').Order} order */
  #order(order) {
    this.#banners.calm();
    if (this.#embed?.takes(order)) return;
    const apart = order.do && this.#views.apart(order.do);
    if (apart) {
      this.#banners.complain('apart', t('beside.apart', { key: t(apart) }));
      this.#controls.forgetWishes();
      return;
    }
    if (['pause', 'step', 'back'].includes(order.time ?? '')) this.#telling.ask(true);
    if (!this.#travel?.order(order)) this.#room.order(order);
    this.#late.voice?.ordered(order, this.#travel);
  }

  /** What a key means; false: nothing. @param {KeyboardEvent} event */
  #key(event) {
    const { key } = event;
    if (this.#timeline?.key(event)) return true;
    const mode = MODES[Number(key) - 1];
    const time = TIMES[key];
    if (key === '?') void this.#overlays.openHelp();
    else if (key === 'e' && !this.#room.framed) this.#more.all();
    else if (mode) this.#room.listens && this.#controls.choose(mode);
    else if (PRESENTS.includes(key) && !this.#present.key) void customElements.whenDefined('procession-present').then(() => this.#present.key(key));
    else if (this.#present.key?.(key) || this.#panels.key(key) || this.#views.key(key) || this.#late.voice?.key(key)) return true;
    else if (key === 'z') void this.#learnToTravel().then(() => this.#travel?.undo());
    else if (key === ' ') this.#order({ time: this.#room.wanted.playing ? 'pause' : 'play' });
    else if (time) this.#order({ time });
    else return false;
    return true;
  }

  // ---- time

  #motion() {
    this.#stage.still = this.#views.still = this.#drawing.still;
    this.#drawing.refresh();
  }

  /** Draws a moment. @param {import('./drawing.js').Moment} moment */
  #draw(moment) {
    const { state, shown, playing, rest, wall, fresh, stale, place } = moment;
    const { clock, wanted, listens, speeds } = this.#room;
    this.#stage.draw(state, shown, rest);
    this.#panels.draw(state, shown, rest);
    this.#views.draw(shown, rest, wall);
    this.#telling.tell(moment);
    if (fresh || this.#controls.waiting || this.#panels.waiting) {
      this.#controls.show(state);
      this.#panels.show(state, !listens);
    }
    if (fresh) {
      this.#footer.figures(this.#world.figures, state, this.#window, shown);
      this.#stage.remark(this.#late.noteOn?.(state, this.#world.figures.waits(state, 'change')));
    }
    if (stale) this.#transport.show({ playing: place ? playing : wanted.playing, speed: wanted.speed, speeds, ended: this.#world.ended && !place, disabled: !listens });
    this.#transport.draw(shown, rest);
    this.#timeline?.show({ moment: shown, now: clock.reached, rest, ended: this.#world.ended, told: this.#footer, later: this.#link.later(clock.reached) });
  }

  // ---- the past

  /** What this browser knows of the run; undefined before the first picture. */
  get past() { return this.#world.past; }

  /** Time goes on, in the present or in the past. */
  get playing() { return this.#travel?.place ? this.#travel.playing : this.#room.wanted.playing; }

  /** The run from its first event; what never came here is fetched. */
  whole() { return this.#world.whole(); }

  /** Loads what time travel needs. */
  #learnToTravel() {
    this.#learned ??= import('../travel/mount.js').then(async ({ mount }) => {
      const { travel, timeline } = await mount(this.#room, this.#footer.querySelector('.travel') ?? this.#footer);
      this.#travel = this.#drawing.travel = travel;
      this.#timeline = timeline;
      travel.addEventListener('change', () => {
        this.#late.voice?.went(travel, this.#telling);
        this.#drawing.refresh();
      });
      travel.addEventListener('stale', () => this.#drawing.wake());
      travel.addEventListener('other', (event) => {
        this.#telling.leaves = true;
        this.#late.voice?.returned(/** @type {CustomEvent} */ (event).detail);
      });
      travel.addEventListener('nothing', (event) => this.#late.voice?.say(t(/** @type {CustomEvent} */ (event).detail)));
      travel.addEventListener('gone', (event) => this.#banners.complain('past', /** @type {CustomEvent} */ (event).detail ?? t('travel.gone')));
      travel.begin();
      this.#root.dataset.travel = 'true';
      this.#drawing.wake();
    });
    return this.#learned;
  }

  /** Says so where the link was made with another version. */
  #dated() { this.#banners.version(this.#link.made, this.dataset.version ?? ''); }

  #recolour() {
    this.#stage.recolour();
    this.#views.recolour();
    this.#drawing.refresh();
  }
}
