// The line of time under the stage: drag along it, step, jump from mark to mark.

import { h, setAttr, setChildren, setText } from '../dom/dom.js';
import { commandWords } from '../words/command.js';
import { dated } from '../words/dated.js';
import { moment as inSeconds } from '../words/narrate.js';
import { language, t } from '../words/text.js';
import { group, lengthOf, MARK_ROOM, short, ticks } from './scale.js';
import { shape } from './shapes.js';
import { BYS } from './travel.js';

/** @typedef {import('./travel.js').Travel} Travel */
/** @typedef {import('./travel.js').By} By */

/**
 * What is shown. now: how far the run is, rest: nothing moves; ended: the run is over; told: what has just happened, and when; later: commands that are yet to come.
 * @typedef {{moment: number, now: number, rest: boolean, ended: boolean, told: {told: string, at: number}, later: import('../address/url.js').Command[]}} Shown
 */

/** While time goes on, marks are looked at again so often, and the slider tells its value, wall ms. */
const MARKS_PAUSE = 400;
const TELL_PAUSE = 1000;

/** … and one that has the focus, whose value is read aloud, so often, wall ms. */
const CALM = 5000;

/** Let go so near to the end (px), it is the present. */
const NEAR = 10;

/** Marks are so far from each other at least, px. */
const APART = 0.7 * MARK_ROOM;

/** A finger means the mark within this (px). */
const FINGER = 18;

/** How long "copied" stands, ms. */
const COPIED = 1800;

/** Who wants to forget a future is asked; so long the question stands, ms. */
const SURE = 4000;

/** That nothing is left to be done stands so long, ms. */
const NOTHING = 4000;

/** Something that is fetched is told of when it takes longer than this, ms. */
const SOON = 800;

export class TimelineElement extends HTMLElement {
  /** @type {Travel} */
  #travel;
  #done = h('i', { class: 'done' });
  #known = h('i', { class: 'known' });
  #unknown = h('i', { class: 'unknown', hidden: true });
  #ticks = h('div', { class: 'ticks', 'aria-hidden': 'true' });
  #marks = h('div', { class: 'marks', role: 'group' });
  #thumb = h('span', { class: 'thumb', role: 'slider', tabindex: 0, 'aria-valuemin': 0, 'aria-orientation': 'horizontal' });
  #track = h('div', { class: 'track' }, h('div', { class: 'line' }, this.#known, this.#unknown, this.#done), this.#ticks, this.#marks, this.#thumb);
  #back = h('button', { type: 'button', class: 'tool', 'data-travel': 'back', click: () => this.#travel.step(-1) }, shape('back'));
  #on = h('button', { type: 'button', class: 'tool', 'data-travel': 'on', click: () => this.#forward() }, shape('on'));
  #by = h('select', { 'data-travel': 'by', change: () => this.#choose(/** @type {By} */ (this.#by.value)) });
  #now = h('button', { type: 'button', class: 'tool worded', 'data-travel': 'now', click: () => this.#travel.now() }, shape('now'), h('span', {}, t('travel.now')));
  #undo = h('button', { type: 'button', class: 'tool', 'data-travel': 'undo', click: () => this.#travel.undo() }, shape('undo'));
  #link = h('button', { type: 'button', class: 'tool', 'data-travel': 'link', click: () => void this.#copy() }, shape('link'));
  #address = h('input', { class: 'address-to-copy', readonly: true, hidden: true, 'aria-label': t('travel.link'), blur: () => { this.#address.hidden = true; } });
  #copied = h('span', { class: 'aloud', role: 'status' });
  #where = h('b', { 'aria-hidden': 'true' });
  #words = h('span', { role: 'status' });
  /** What the voice says as well. */
  #nothing = h('span', { 'aria-hidden': 'true', hidden: true });
  #bring = h('button', { type: 'button', class: 'tool worded', 'data-travel': 'bring', click: () => this.#travel.bringBack() });
  #forget = h('button', { type: 'button', class: 'tool', 'data-travel': 'forget', 'aria-label': t('travel.forget'), title: t('travel.forget'), click: () => this.#forgetOther() }, shape('miss'));
  #note = h('p', { class: 'travel-note', hidden: true }, this.#where, this.#nothing, this.#words, this.#now, this.#bring, this.#forget);

  #width = 0;
  #length = 0; // of the line, virtual µs
  /** @type {Shown} */
  #shown = { moment: 0, now: 0, rest: true, ended: false, told: { told: '', at: NaN }, later: [] };
  /** What is yet to come. */
  #later = h('div', { class: 'later' });
  #laterKey = '';
  #nothingUntil = 0; // wall ms
  #sure = 0; // until when (wall ms) the question stands
  #fetchingSince = 0; // wall ms; 0: nothing is fetched
  /** @type {Map<number, {button: HTMLButtonElement, seq: number, at: number}>} */
  #buttons = new Map();
  #counted = -1; // marks that were looked at
  #countedOf = /** @type {unknown} */ (undefined);
  #markedAt = 0; // wall ms
  #toldAt = 0;
  #valueAt = 0; // wall ms
  /** @type {import('./travel.js').Place | undefined} */
  #toldPlace;
  /** There is news to be told with the next picture. */
  #news = false;
  #dragging = false;
  #resize = new ResizeObserver(([entry]) => {
    this.#width = entry.contentRect.width;
    this.#length = 0;
    this.#draw(performance.now());
  });

  /** @param {Travel} travel */
  constructor(travel) {
    super();
    this.#travel = travel;
  }

  connectedCallback() {
    if (this.childElementCount === 0) this.#build();
    this.#resize.observe(this.#track);
  }

  disconnectedCallback() {
    this.#resize.disconnect();
  }

  #build() {
    setAttr(this.#thumb, 'aria-label', t('travel.slider'));
    setAttr(this.#marks, 'aria-label', t('travel.marks'));
    setAttr(this.#by, 'aria-label', t('travel.by'));
    setAttr(this.#by, 'title', t('travel.by'));
    setAttr(this.#now, 'title', t('hint', { word: t('travel.now.why'), key: t('key.now') }));
    setAttr(this.#undo, 'aria-label', t('travel.undo'));
    setAttr(this.#undo, 'title', t('hint', { word: t('travel.undo'), key: t('key.undo') }));
    setAttr(this.#link, 'aria-label', t('travel.link'));
    setAttr(this.#link, 'title', t('hint', { word: t('travel.link'), key: t('key.copy') }));
    this.#by.append(...BYS.map((by) => h('option', { value: by }, t(`travel.by.${by}`))));
    this.#track.addEventListener('pointerdown', (event) => this.#grab(event));
    this.#track.addEventListener('pointermove', (event) => this.#drag(event));
    this.#track.addEventListener('pointerup', (event) => this.#drop(event));
    this.#track.addEventListener('pointercancel', () => { this.#dragging = false; });
    this.#thumb.addEventListener('keydown', (event) => this.#slide(event));
    this.#marks.addEventListener('keydown', (event) => this.#walk(event));
    this.#travel.addEventListener('change', () => { this.#news = true; }); // the page draws then
    this.#travel.addEventListener('other', () => { this.#nothingUntil = 0; });
    this.#travel.addEventListener('nothing', (event) => this.#sayNothing(/** @type {CustomEvent} */ (event).detail));
    this.append(h('span', { class: 'steps', role: 'group', 'aria-label': t('travel.steps') }, this.#back, this.#by, this.#on), this.#track, h('span', { class: 'ends' }, this.#undo, this.#link), this.#address, this.#copied, this.#note);
    this.#marks.before(this.#later);
    this.#choose('milestone');
  }

  /** @param {Shown} shown */
  show(shown) {
    this.#shown = shown;
    this.#draw(performance.now());
  }

  /** What a key means here; false: nothing. @param {KeyboardEvent} event */
  key(event) {
    switch (event.key) {
      case 'ArrowLeft': this.#travel.step(-1, event.shiftKey ? 'event' : 'milestone'); return true;
      case 'ArrowRight': if (!event.shiftKey) return false; this.#travel.step(1, 'event'); return true;
      case '<': this.#travel.step(-1, 'request'); return true;
      case '>': this.#travel.step(1, 'request'); return true;
      case 'n': this.#travel.now(); return true;
      case 'l': void this.#copy(); return true;
      case 'Z': if (!event.ctrlKey && !event.metaKey) return false; this.#travel.bringBack(); return true;
      case 'o': this.#travel.bringBack(); return true;
    }
    return false;
  }

  // ---- hands

  #forward() {
    if (this.#travel.by === 'milestone') this.dispatchEvent(new CustomEvent('order', { bubbles: true, detail: { time: 'step' } }));
    else this.#travel.step(1);
  }

  /** @param {By} by */
  #choose(by) {
    this.#travel.by = by;
    for (const [button, key] of /** @type {const} */ ([[this.#back, 'back'], [this.#on, 'on']])) setAttr(button, 'aria-label', t(`travel.${key}.${by}`));
    this.#tell();
  }

  /** The moment under a pointer, virtual µs. @param {PointerEvent} event */
  #under(event) {
    const x = event.clientX - this.#track.getBoundingClientRect().left;
    return (Math.min(this.#width, Math.max(0, x)) / Math.max(1, this.#width)) * this.#length;
  }

  /** @param {PointerEvent} event */
  #grab(event) {
    if (event.button !== 0 || !event.isPrimary || this.#width === 0) return;
    const on = this.#markUnder(event);
    this.#dragging = true;
    this.#track.setPointerCapture(event.pointerId);
    this.#thumb.focus({ preventScroll: true });
    if (on) this.#travel.toEvent(on.seq);
    else this.#travel.to(this.#under(event));
    event.preventDefault();
  }

  /** The mark that a pointer means. @param {PointerEvent} event */
  #markUnder(event) {
    const button = /** @type {Element} */ (event.target).closest('[data-mark]');
    for (const mark of this.#buttons.values()) if (mark.button === button) return mark;
    if (event.pointerType === 'mouse') return undefined;
    const x = (this.#under(event) / this.#length) * this.#width;
    let nearest;
    let distance = FINGER;
    for (const mark of this.#buttons.values()) {
      const away = Math.abs((mark.at / this.#length) * this.#width - x);
      if (away >= distance) continue;
      distance = away;
      nearest = mark;
    }
    return nearest;
  }

  /** @param {PointerEvent} event */
  #drag(event) {
    if (this.#dragging && (event.movementX || event.movementY)) this.#travel.to(this.#under(event));
  }

  /** @param {PointerEvent} event */
  #drop(event) {
    if (!this.#dragging) return;
    this.#dragging = false;
    const px = this.#length / Math.max(1, this.#width);
    if (this.#under(event) >= this.#shown.now - NEAR * px) this.#travel.now();
  }

  /** @param {KeyboardEvent} event */
  #slide(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    switch (event.key) {
      case 'Home': this.#travel.to(0); break;
      case 'End': this.#travel.now(); break;
      case 'ArrowDown': this.#travel.step(-1, 'event'); break;
      case 'ArrowUp': this.#travel.step(1, 'event'); break;
      default: return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  /** From mark to mark. @param {KeyboardEvent} event */
  #walk(event) {
    const list = [...this.#buttons.values()];
    const here = list.findIndex((m) => m.button === event.target);
    const next = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: list.length - 1 }[event.key];
    if (here < 0 || next === undefined || event.shiftKey) return;
    const to = list[Math.min(list.length - 1, Math.max(0, next))];
    this.#travel.toEvent(to.seq);
    to.button.focus({ preventScroll: true });
    event.preventDefault();
    event.stopPropagation();
  }

  /** In the present the line may be folded away: what had the focus in it leaves it to what plays. */
  #leave() {
    if (!this.getClientRects().length) /** @type {HTMLElement | null} */ (document.querySelector('procession-transport .primary'))?.focus({ preventScroll: true });
  }

  /** The focus goes on to where time is. */
  #forgetOther() {
    const wall = performance.now();
    if (wall > this.#sure) {
      this.#sure = wall + SURE;
      setTimeout(() => this.#tell(), SURE + 1);
      this.#tell();
      return;
    }
    this.#sure = 0;
    this.#travel.forgetOther();
    this.#thumb.focus({ preventScroll: true });
  }

  /** There is nothing to be taken back, or to be had back. @param {string} key of the catalogue */
  #sayNothing(key) {
    setText(this.#nothing, t(key));
    this.#nothingUntil = performance.now() + NOTHING;
    setTimeout(() => this.#tell(), NOTHING + 1);
    this.#tell();
  }

  async #copy() {
    const address = this.#travel.link();
    try {
      await navigator.clipboard.writeText(address);
      this.#link.replaceChildren(shape('done'));
      setText(this.#copied, t('travel.copied'));
      setAttr(this, 'data-copied', address);
      setTimeout(() => {
        this.#link.replaceChildren(shape('link'));
        setText(this.#copied, '');
      }, COPIED);
    } catch {
      // Not every page may write there: then it is shown, to be copied by hand.
      this.#address.hidden = false;
      this.#address.value = address;
      this.#address.focus();
      this.#address.select();
    }
  }

  // ---- the picture

  /** @param {number} wall ms */
  #draw(wall) {
    const { moment, now, rest } = this.#shown;
    this.#tellSoon(wall, rest);
    if (this.#width === 0) return; // it is folded away
    const next = this.#shown.later[0]?.at ?? 0;
    const length = lengthOf(Math.max(now, moment, next));
    const other = length !== this.#length;
    if (other) {
      this.#length = length;
      this.#drawTicks();
    }
    const share = (/** @type {number} */ at) => Math.min(1, at / length);
    setStyle(this.#done, `scaleX(${share(moment).toFixed(5)})`);
    setStyle(this.#known, `scaleX(${share(now).toFixed(5)})`);
    setStyle(this.#thumb, `translateX(${(share(moment) * this.#width).toFixed(1)}px)`);
    const past = this.#travel.past;
    const base = past && !past.fromStart ? past.baseState.ts : 0;
    this.#unknown.hidden = base === 0;
    if (base) setStyle(this.#unknown, `scaleX(${share(base).toFixed(5)})`);
    const marks = past?.marks;
    if (marks && (other || this.#countedOf !== marks || (this.#counted !== marks.seqs.length && (rest || wall - this.#markedAt > MARKS_PAUSE)))) {
      this.#markedAt = wall;
      this.#drawMarks();
    }
    this.#drawLater();
  }

  /** Tells where the page is: news of it at once, and what goes on now and then. @param {number} wall ms @param {boolean} rest */
  #tellSoon(wall, rest) {
    const there = this.#travel.place;
    if (this.#news || there !== this.#toldPlace || (rest ? this.#toldAt !== -1 : wall - this.#toldAt > TELL_PAUSE)) {
      this.#toldPlace = there;
      this.#news = false;
      this.#tell();
      this.#toldAt = rest ? -1 : wall;
    } else if (!rest && this.#toldAt === -1) {
      this.#toldAt = wall;
    }
  }

  #drawTicks() {
    setChildren(this.#ticks, ticks(this.#length, this.#width).map((at) => {
      const tick = h('span', { class: at === this.#length ? 'end' : undefined }, short(at));
      tick.style.insetInlineStart = `${(100 * at) / this.#length}%`;
      return tick;
    }));
  }

  #drawMarks() {
    const marks = this.#travel.past?.marks;
    if (!marks) return;
    this.#counted = marks.seqs.length;
    this.#countedOf = marks;
    /** @type {Map<number, {button: HTMLButtonElement, seq: number, at: number}>} */
    const next = new Map();
    let before = -APART;
    for (const g of group(marks, this.#length, this.#width)) {
      const there = this.#buttons.get(g.slot);
      const button = there?.button ?? h('button', { type: 'button', tabindex: -1, click: (/** @type {MouseEvent} */ event) => this.#press(event) });
      if (button.dataset.mark !== g.what) {
        button.dataset.mark = g.what;
        button.replaceChildren(shape(g.what));
      }
      const label = t('travel.mark', { what: [...g.more].map(([what, n]) => t(`travel.mark.${what}`, { n })).join(', '), moment: inSeconds(g.at, language) });
      setAttr(button, 'aria-label', label);
      setAttr(button, 'title', label);
      // It stands over its moment, unless that would hide the one before.
      const x = Math.min(this.#width - MARK_ROOM / 2, Math.max(MARK_ROOM / 2, (g.at / this.#length) * this.#width, before + APART));
      before = x;
      setStyle(button, `translateX(${(x - MARK_ROOM / 2).toFixed(1)}px)`);
      next.set(g.slot, { button, seq: g.seq, at: g.at });
    }
    this.#buttons = next;
    setChildren(this.#marks, [...next.values()].map((m) => m.button));
    setAttr(this, 'data-marks', String(next.size));
  }

  /** Commands of the run's link that are yet to come. */
  #drawLater() {
    const there = this.#shown.later.filter((c) => c.at <= this.#length);
    const key = `${this.#length} ${this.#width} ${there.map((c) => `${c.at} ${c.text}`).join(';')}`;
    if (key === this.#laterKey) return;
    this.#laterKey = key;
    setChildren(this.#later, there.map((c) => {
      const label = t('travel.later', { what: commandWords(c.text), moment: inSeconds(c.at, language) });
      const mark = h('span', { role: 'img', 'aria-label': label, title: label, 'data-later': c.at }, shape('mode'));
      mark.style.insetInlineStart = `${(100 * c.at) / this.#length}%`;
      return mark;
    }));
  }

  /** A mark was pressed by key; a pointer has had its answer. @param {MouseEvent} event */
  #press(event) {
    if (event.detail !== 0) return;
    for (const mark of this.#buttons.values()) if (mark.button === event.currentTarget) this.#travel.toEvent(mark.seq);
  }

  /** Something has been on its way for a while. */
  #slowly() {
    const { fetching } = this.#travel;
    const wall = performance.now();
    if (!fetching) this.#fetchingSince = 0;
    else if (!this.#fetchingSince) {
      this.#fetchingSince = wall;
      setTimeout(() => this.#tell(), SOON);
    }
    return fetching && wall - this.#fetchingSince >= SOON - 1;
  }

  /** Says in words where time is, and what can be done from here. */
  #tell() {
    const travel = this.#travel;
    const { moment, now, rest, ended, told } = this.#shown;
    const at = travel.place?.moment ?? moment;
    const wall = performance.now();
    if (rest || document.activeElement !== this.#thumb || wall - this.#valueAt > CALM) {
      this.#valueAt = wall;
      setAttr(this.#thumb, 'aria-valuemax', String(Math.round(now / 1000) / 1000));
      setAttr(this.#thumb, 'aria-valuenow', String(Math.round(at / 1000) / 1000));
      setAttr(this.#thumb, 'aria-valuetext', dated(at, told.at, told.told, (us) => inSeconds(us, language)));
    }
    const focus = this.contains(document.activeElement);
    const inPast = Boolean(travel.place) && !travel.front;
    const came = !inPast && this.dataset.place === 'past';
    setAttr(this, 'data-place', inPast ? 'past' : 'now');
    setAttr(this, 'data-fetching', travel.fetching ? '' : undefined);
    const seq = travel.place?.seq;
    setAttr(this, 'data-seq', seq === undefined ? undefined : String(seq));

    const atStart = inPast && Boolean(travel.past?.fromStart) && seq !== undefined && seq <= (travel.past?.base ?? 0);
    const atEnd = !travel.place && ended;
    this.#back.disabled = atStart;
    this.#on.disabled = atEnd;
    this.#undo.disabled = !travel.undoes;
    const keys = { milestone: ['←', '→'], event: ['Shift ←', 'Shift →'], request: ['<', '>'] }[travel.by];
    setAttr(this.#back, 'title', atStart ? t('travel.atStart') : t('hint', { word: t(`travel.back.${travel.by}`), key: keys[0] }));
    setAttr(this.#on, 'title', atEnd ? t('travel.atEnd') : t('hint', { word: t(`travel.on.${travel.by}`), key: keys[1] }));

    let current;
    for (const mark of this.#buttons.values()) if (!current || mark.at <= at) current = mark;
    for (const mark of this.#buttons.values()) {
      setAttr(mark.button, 'tabindex', mark === current ? '0' : '-1');
      setAttr(mark.button, 'data-here', inPast && mark.seq === seq ? '' : undefined);
    }

    const other = inPast ? undefined : travel.other;
    const fetching = this.#slowly();
    const hadFocus = this.#note.contains(document.activeElement);
    this.#nothing.hidden = wall >= this.#nothingUntil;
    const hidden = !inPast && !other && !fetching && this.#nothing.hidden;
    if (this.#note.hidden !== hidden) {
      this.#note.hidden = hidden;
      setAttr(this, 'data-noted', hidden ? undefined : '');
      this.dispatchEvent(new CustomEvent('room', { bubbles: true }));
    }
    setText(this.#where, inPast ? inSeconds(at, language) : '');
    this.#where.hidden = !inPast;
    setText(this.#words, travel.waiting ? t('travel.busy', { n: travel.waiting }) : fetching ? t('travel.fetching') : inPast ? t('travel.past') : other ? t('travel.forked') : '');
    this.#now.hidden = !inPast;
    this.#bring.hidden = !other;
    this.#forget.hidden = !other;
    if (other) {
      setText(this.#bring, t('travel.bring', { moment: inSeconds(other.at, language) }));
      setAttr(this.#bring, 'title', t('hint', { word: t('travel.bring.why'), key: t('key.old') }));
    }
    const sure = performance.now() < this.#sure;
    this.#forget.replaceChildren(sure ? t('travel.sure') : shape('miss'));
    this.#forget.classList.toggle('worded', sure);
    if (hadFocus && !this.#note.contains(document.activeElement)) this.#thumb.focus({ preventScroll: true });
    if (focus && came) this.#leave();
  }
}

/** @param {HTMLElement} element @param {string} transform */
function setStyle(element, transform) {
  if (element.style.transform !== transform) element.style.transform = transform;
}
