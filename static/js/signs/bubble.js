// A word beside a sign: one small note, for whoever points at a sign on a stage
// or at one of the places for sessions, and waits, comes to its thing with the Tab
// key, or holds a finger on it. It stays while the pointer is on the sign or on the
// note, and says what holds now; Esc closes it, and any key, where it did not come
// by one.

import '../words/rest.js';
import { h, setAttr, setChildren } from '../dom/dom.js';
import { Layer } from '../dom/layers.js';
import { styles } from '../dom/styles.js';
import { t } from '../words/text.js';
import { meaning, signAt } from './signs.js';

/** A note: what it says, and of which signs. @typedef {{names: string, lines: Node[]}} Words */
/** Something on the stage that has a note. @typedef {{element: Element, words: Words}} Found */

/** How long somebody points, comes by key or holds before there is a note, and how long it stays when the pointer leaves, ms. */
const POINTS = 450;
const NEXT = 150;
const COMES = 600;
const HOLDS = 400;
const LEAVES = 250;

/** How often a note is looked at again, ms: the sign may have become another one. */
const FOLLOWS = 250;

/** A finger that moves further (px) does not hold. */
const STILL = 10;

/** Between a note and its sign, and the edge of the window, px. */
const GAP = 6;

/** So near (px) one points at a line. */
const NEAR = 4;

/** What a note that no pointer asked for would rather not cover, and how much (of each px). @type {[string, number][]} */
const SPARED = [['.visitor, .process', 4], ['.balancer, .caption, .say', 1]];

/** A sign that is higher (px) has its note where the pointer is. */
const HIGH = 80;

/** What can have the focus, what its signs are in, and which of them are told then. @type {[string, string, string[]][]} */
const STOPS = [
  ['.visitor', '.visitor', ['.disc', '.cookie:not(.carried)', '.plug', '.cell:last-child']],
  ['.process .head', '.process', ['.head > b', '.life', '.core', '.label']],
  ['procession-controls input', 'label', []],
  ['.lock-list button', 'li', ['button']],
  ['.machine-head', '.machine', ['.lanes']],
];

/** What does something else when it is clicked. */
const ACTS = 'button, a, label, canvas, [data-why], [data-visitor], [data-worker]';

class Notes {
  #words = h('div', { role: 'tooltip', id: 'sign-note' });
  #element = h('section', { class: 'sign-note', role: 'region', 'aria-label': t('signs'), hidden: true }, this.#words);
  #layer = new Layer(() => this.hide());
  /** Whose note is shown. @type {Element | undefined} */
  #anchor;
  /** What has the focus, and is described by the note. @type {Element | undefined} */
  #described;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #follows;
  #place = ''; // of the pointer: where it stands still, things go by below it
  #tab = false; // the key that was pressed last was Tab
  #stays = false; // until it is closed: the pointer was a finger
  #beside = false; // no pointer asked for it
  #holds = { x: 0, y: 0, on: false };
  #swallow = false; // the click that ends holding

  /** A sign that goes takes its note with it. */
  #gone = new IntersectionObserver(([entry]) => { if (!entry.isIntersecting) this.hide(); });

  constructor() {
    (document.querySelector('procession-app') ?? document.body).append(this.#element);
    this.#element.addEventListener('pointerenter', () => clearTimeout(this.#timer));
    this.#element.addEventListener('pointerleave', () => this.#leave());
    document.addEventListener('keydown', (event) => {
      this.#tab = event.key === 'Tab';
      // What a key does may take the sign away; Esc has its own order.
      if (this.#anchor && !this.#described && !['Escape', 'Shift', 'Control', 'Alt', 'Meta'].includes(event.key)) this.hide();
    }, true);
    document.addEventListener('pointerdown', (event) => {
      this.#tab = false;
      this.#swallow = false;
      if (!this.#element.contains(/** @type {Node} */ (event.target))) this.hide();
    }, true);
    document.addEventListener('click', (event) => {
      if (!this.#swallow) return;
      this.#swallow = false;
      event.stopPropagation();
      event.preventDefault();
    }, true);
    document.addEventListener('contextmenu', (event) => { if (this.#swallow) event.preventDefault(); });
    document.addEventListener('signs', (event) => this.#explain(/** @type {CustomEvent} */ (event).detail));
    addEventListener('scroll', (event) => {
      if (this.#anchor && /** @type {Node} */ (event.target).contains(this.#anchor)) this.hide();
    }, { capture: true, passive: true });
    addEventListener('resize', () => this.hide());
  }

  /** @param {HTMLElement} stage */
  watch(stage) {
    stage.addEventListener('pointerover', (event) => this.#over(event));
    stage.addEventListener('pointerleave', () => this.#leave());
    stage.addEventListener('pointerdown', (event) => this.#hold(event));
    stage.addEventListener('pointermove', (event) => {
      if (event.pointerType !== 'touch' && /** @type {Element} */ (event.target).matches('.floor')) this.#pass(event);
      if (this.#holds.on && Math.hypot(event.clientX - this.#holds.x, event.clientY - this.#holds.y) > STILL) this.#letGo();
    });
    for (const name of ['pointerup', 'pointercancel']) stage.addEventListener(name, () => this.#letGo());
    stage.addEventListener('focusin', (event) => this.#come(/** @type {Element} */ (event.target)));
    stage.addEventListener('focusout', () => {
      if (!this.#described && !this.#tab) return;
      this.hide();
    });
    stage.addEventListener('click', (event) => {
      const target = /** @type {Element} */ (event.target);
      const found = target.closest(ACTS) ? undefined : noteAt(target);
      if (found) this.#show(found.element, found.words, event, true);
    });
  }

  hide() {
    clearTimeout(this.#timer);
    clearInterval(this.#follows);
    this.#gone.disconnect();
    this.#anchor = undefined;
    this.#stays = false;
    if (this.#described) setAttr(this.#described, 'aria-describedby', undefined);
    this.#described = undefined;
    this.#layer.gone();
    this.#element.hidden = true;
  }

  /** @param {PointerEvent} event */
  #over(event) {
    const place = `${event.clientX} ${event.clientY}`;
    const moved = place !== this.#place;
    this.#place = place;
    if (!moved || event.pointerType === 'touch' || event.buttons || document.querySelector('procession-menu:not([hidden])')) return;
    const found = noteAt(/** @type {Element} */ (event.target));
    if (!found) {
      this.#leave();
      return;
    }
    clearTimeout(this.#timer);
    if (found.element === this.#anchor) return;
    this.#timer = setTimeout(() => {
      if (found.element.isConnected) this.#show(found.element, found.words, event);
    }, this.#anchor ? NEXT : POINTS);
  }

  /** The pointer goes over the floor, on which the lines lie: they are too thin to be hit. @param {PointerEvent} event */
  #pass(event) {
    if (this.#anchor && !this.#anchor.matches('path')) return; // its note has a little time
    clearTimeout(this.#timer);
    if (event.buttons) return;
    this.#timer = setTimeout(() => {
      const path = pathAt(event);
      const words = path && wordsOf(path);
      if (!path || !words) this.hide();
      else if (path !== this.#anchor) this.#show(path, words, event);
    }, this.#anchor ? LEAVES : POINTS);
  }

  /** The pointer is elsewhere; on its way to the note it has a little time. */
  #leave() {
    clearTimeout(this.#timer);
    if (this.#anchor && !this.#stays && !this.#described) this.#timer = setTimeout(() => this.hide(), LEAVES);
  }

  /** @param {PointerEvent} event */
  #hold(event) {
    const found = event.pointerType === 'touch' ? noteAt(/** @type {Element} */ (event.target)) : undefined;
    if (!found) return;
    this.#holds = { x: event.clientX, y: event.clientY, on: true };
    this.#timer = setTimeout(() => {
      this.#holds.on = false;
      this.#swallow = true;
      this.#show(found.element, found.words, event, true);
    }, HOLDS);
  }

  #letGo() {
    if (!this.#holds.on) return;
    this.#holds.on = false;
    clearTimeout(this.#timer);
  }

  /** The focus came to something. @param {Element} stop */
  #come(stop) {
    if (!this.#tab) return;
    const note = noteOf(stop);
    if (!note) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (document.activeElement === stop) this.#describe(stop, note);
    }, COMES);
  }

  /** Somebody asks for the signs of a thing. @param {Element} thing */
  #explain(thing) {
    const note = noteOf(thing);
    if (note) this.#describe(thing, note);
  }

  /** @param {Element} stop @param {Words} words */
  #describe(stop, words) {
    this.#show(stop, words, undefined, true);
    this.#described = stop;
    setAttr(stop, 'aria-describedby', this.#words.id);
  }

  /** @param {Element} anchor @param {Words} words @param {MouseEvent} [pointer] where it points @param {boolean} [stays] until it is closed */
  #show(anchor, words, pointer, stays = false) {
    this.hide();
    if (!anchor.getClientRects().length) return; // it went meanwhile
    this.#anchor = anchor;
    anchor.removeAttribute('title'); // the browser would say it again
    this.#gone.observe(anchor);
    this.#stays = stays;
    this.#say(words);
    this.#element.toggleAttribute('data-beside', this.#beside = !pointer);
    this.#element.hidden = false;
    this.#layer.rise();
    const at = anchor.getBoundingClientRect();
    this.#put(pointer && (at.height > HIGH || anchor.matches('path')) ? new DOMRect(pointer.clientX, pointer.clientY - GAP, 0, 2 * GAP) : at);
    this.#follows = setInterval(() => this.#follow(anchor), FOLLOWS);
  }

  /** @param {Words} words */
  #say(words) {
    setChildren(this.#words, words.lines);
    // Who hears it as the description of what has the focus is not told how that is now: it may change meanwhile.
    for (const is of this.#words.querySelectorAll('b')) setAttr(is, 'aria-hidden', 'true');
    this.#element.dataset.signs = words.names;
  }

  /** Says what holds now; nothing does where the sign has gone. @param {Element} anchor */
  #follow(anchor) {
    const words = this.#described ? noteOf(anchor) : wordsOf(anchor) ?? hintOf(anchor);
    if (!words) {
      this.hide();
      return;
    }
    if (words.names === this.#element.dataset.signs && words.lines.map((line) => line.textContent).join() === [...this.#words.childNodes].map((line) => line.textContent).join()) return;
    this.#say(words);
    if (this.#beside) this.#put(anchor.getBoundingClientRect());
  }

  /**
   * Within the window: below the sign where there is room, else above it. One that no pointer asked for stays long: it
   * goes also beside it, to where it covers least of what is looked at meanwhile.
   * @param {DOMRect} at
   */
  #put(at) {
    const { width, height } = this.#element.getBoundingClientRect();
    const { clientWidth, clientHeight } = document.documentElement;
    const middle = at.left + at.width / 2 - width / 2;
    const places = [[middle, at.bottom + GAP], [middle, at.top - height - GAP], ...(this.#beside ? [[at.right + GAP, at.top], [at.left - width - GAP, at.top]] : [])]
      .map(([x, y]) => new DOMRect(Math.max(GAP, Math.min(x, clientWidth - width - GAP)), Math.max(GAP, Math.min(y, clientHeight - height - GAP)), width, height));
    const costs = places.map((place) => this.#cost(place, at));
    const { x, y } = places[costs.indexOf(Math.min(...costs))];
    this.#element.style.left = `${x}px`;
    this.#element.style.top = `${y}px`;
  }

  /** What a place costs: first of all the sign itself is not covered. @param {DOMRect} place @param {DOMRect} at */
  #cost(place, at) {
    let cost = common(place, at) * 1000;
    if (!this.#beside) return cost;
    for (const [what, weight] of SPARED) for (const other of document.querySelectorAll(what)) if (!other.contains(this.#anchor ?? null)) cost += weight * common(place, other.getBoundingClientRect());
    return cost;
  }
}

/** How much two boxes have in common, px². @param {DOMRect} a @param {DOMRect} b */
const common = (a, b) => Math.max(0, Math.min(a.right, b.right) - Math.max(a.left, b.left)) * Math.max(0, Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top));

/** The line that is pointed at. @param {PointerEvent} event */
function pathAt({ clientX, clientY, target }) {
  const floor = /** @type {Element} */ (target);
  const { left, top } = floor.getBoundingClientRect();
  for (const svg of /** @type {NodeListOf<SVGSVGElement>} */ (floor.querySelectorAll('svg.wires'))) {
    const point = svg.createSVGPoint();
    for (const path of svg.querySelectorAll('path')) {
      for (const [dx, dy] of [[0, 0], [NEAR, 0], [-NEAR, 0], [0, NEAR], [0, -NEAR], [2, 2], [-2, 2], [2, -2], [-2, -2]]) {
        point.x = clientX - left + dx;
        point.y = clientY - top + dy;
        if (path.isPointInStroke(point)) return path;
      }
    }
  }
  return undefined;
}

/** What is to be said of what is pointed at. @param {Element} target @returns {Found | undefined} */
function noteAt(target) {
  for (let element = /** @type {Element | null} */ (target); element && !element.matches('procession-stage, procession-controls'); element = element.parentElement) {
    const words = wordsOf(element) ?? hintOf(element);
    if (words) return { element, words };
  }
  return undefined;
}

/** What is to be said of something that can have the focus. @param {Element} stop @returns {Words | undefined} */
function noteOf(stop) {
  const [, box, parts] = STOPS.find(([which]) => stop.matches(which)) ?? [];
  if (!box || !parts) return undefined;
  const all = [stop.closest(box), ...parts.map((part) => stop.closest(box)?.querySelector(part))]
    .filter((element) => element?.getClientRects().length)
    .map((element) => noteAtMost(/** @type {Element} */ (element))).filter((words) => words !== undefined);
  // One meaning is said once.
  const names = [...new Set(all.map((words) => words.names))];
  const lines = names.flatMap((name) => all.find((words) => words.names === name)?.lines ?? []);
  return lines.length ? { names: names.join(' '), lines } : undefined;
}

/** What stands around a thing's parts says nothing of them, but of a lock. @param {Element} element */
const noteAtMost = (element) => wordsOf(element) ?? whatOf(element) ?? (element.matches('.lock-list button') ? wordsOf(/** @type {Element} */ (element.parentElement)) : undefined);

/** The words of a sign. @param {Element} element @returns {Words | undefined} */
function wordsOf(element) {
  const sign = signAt(element);
  if (!sign) return undefined;
  const is = element.getAttribute('data-is') ?? element.querySelector(':scope > .aloud')?.textContent;
  return { names: sign.name, lines: [...(is ? [h('b', {}, is)] : []), h('p', {}, meaning(sign))] };
}

/** What a thing is, where its name is. @param {Element} element @returns {Words | undefined} */
function whatOf(element) {
  const mode = element.matches('procession-controls label') && element.getAttribute('data-value');
  if (mode) return { names: mode, lines: [h('p', {}, t(`lead.${mode}`))] };
  const name = element.matches('.visitor .name') ? 'visitor' : element.matches('[data-worker] .head > b') ? 'process' : '';
  return name ? { names: name, lines: [h('p', {}, t(`${name}.what`))] } : undefined;
}

/** What it is, and what can be done with it. @param {Element} element @returns {Words | undefined} */
function hintOf(element) {
  const what = whatOf(element);
  if (!what || element.closest('[aria-disabled]')) return what;
  const visitor = element.closest('[data-visitor]')?.getAttribute('data-visitor');
  const pid = element.closest('[data-worker]')?.getAttribute('data-worker');
  const hint = visitor ? t('visitor.hint', { name: visitor }) : pid ? t('process.hint', { pid }) : '';
  if (hint) what.lines.push(h('p', {}, hint));
  return what;
}

await styles('signs');
const notes = new Notes();
const modes = document.querySelector('procession-controls');
if (modes) notes.watch(/** @type {HTMLElement} */ (modes));

/** Explains the signs of a stage. @param {HTMLElement} stage */
export const watch = (stage) => notes.watch(stage);
