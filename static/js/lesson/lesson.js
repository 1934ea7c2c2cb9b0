// A lesson, one step at a time: the text on one side, the stage on the other.
// Without scripts, and on paper, all steps stand one below the other.

import { get, momentOf } from '../address/hash.js';
import { h, setAttr } from '../dom/dom.js';
import { icon } from '../dom/icons.js';
import { SPEEDS } from '../run/limits.js';
import { t } from '../words/text.js';
import { colours } from './colours.js';
import { Frame } from './frame.js';
import { Progress, storage } from './progress.js';
import { Step } from './step.js';

/** Where keys are letters, or belong to what has the focus. */
const TYPING = 'input, select, textarea, dialog';

export class LessonElement extends HTMLElement {
  #root = document.documentElement;
  #slug = '';
  #title = '';
  #progress = new Progress(storage());
  /** @type {Step[]} */
  #steps = [];
  /** @type {Step} */
  #now = /** @type {any} */ (undefined);
  /** @type {Frame} */
  #frame = /** @type {any} */ (undefined);
  /** The stage waits for the answer of its step. */
  #waits = false;
  /** The first picture stands on the stage. */
  #pictured = false;

  connectedCallback() {
    if (this.#slug) return;
    this.#slug = this.dataset.slug ?? '';
    this.#title = this.querySelector('h1')?.textContent?.trim() ?? '';
    const lang = this.dataset.lang ?? '';
    // Who presents may be in a hurry, or not at all.
    const speed = Number(new URLSearchParams(location.search).get('speed'));
    this.#frame = new Frame(/** @type {HTMLIFrameElement} */ (this.querySelector('.stage-frame')), this.#root.lang);
    /** @type {import('./sim.js').Sim | undefined} */
    let before;
    for (const element of /** @type {NodeListOf<HTMLElement>} */ (this.querySelectorAll('.step'))) {
      const step = new Step(element, before, {
        slug: this.#slug, lang, speed: SPEEDS.includes(speed) ? speed : 0,
        answered: (s, choice) => this.#answered(s, choice),
        finished: (s) => this.#finish(s),
        run: (s) => {
          this.#open(s, { at: s.sim?.from ?? 0, play: true, wait: false });
          if (this.#frame.mute) s.reveal();
        },
        end: (s) => this.#end(s),
        watch: (s, query, at) => this.#watch(s, query, at),
      });
      before = step.sim;
      this.#steps.push(step);
    }
    if (!this.#steps.length) {
      delete this.#root.dataset.lesson; // a page to be read
      return;
    }
    this.#recall();
    this.#tools();
    this.#frame.addEventListener('state', (event) => this.#see(/** @type {CustomEvent} */ (event).detail));
    this.#frame.addEventListener('mute', () => this.#mute(true));
    this.#frame.addEventListener('wish', () => {
      if (this.#presents) this.#present(false); // the question comes first
      this.#now.predict?.insist();
    });
    this.#frame.addEventListener('key', (event) => this.#forwarded(/** @type {CustomEvent} */ (event).detail.key));
    document.addEventListener('keydown', (event) => this.#key(event));
    addEventListener('hashchange', () => this.#follow());
    document.addEventListener('visibilitychange', () => { if (this.#frame.state) this.#now.see(this.#frame.state); });
    this.#root.dataset.lesson = 'on';
    this.#show(this.#of(location.hash) ?? this.#steps[0], false);
  }

  // ---- steps

  /** The step of an address. @param {string} hash */
  #of(hash) { return this.#steps.find((s) => `#${s.id}` === hash.split('&')[0]); }

  #follow() {
    const step = this.#of(location.hash);
    if (step && (step !== this.#now || momentOf(location.hash) !== undefined)) this.#show(step, true);
  }

  /** Another step, as if its link had been followed. @param {1 | -1} by */
  #turn(by) {
    const step = this.#steps[this.#steps.indexOf(this.#now) + by];
    if (step) location.hash = step.id;
  }

  /** @param {Step} step @param {boolean} come the focus comes along */
  #show(step, come) {
    const before = this.#now;
    before?.challenge?.leave();
    const first = step === this.#steps[0];
    const last = this.#steps.filter((s) => s.counts).at(-1) === step || !step.counts;
    this.#now = step;
    for (const s of this.#steps) setAttr(s.element, 'data-current', s === step ? '' : undefined);
    this.dataset.step = String(step.number);
    this.toggleAttribute('data-first', first);
    this.toggleAttribute('data-last', last);
    this.toggleAttribute('data-quiet', !step.own);
    document.title = [first ? '' : step.title, this.#title, t('lesson.site')].filter(Boolean).join(' · ');
    this.#languages();
    if (step.counts) this.#progress.see(this.#slug, step.number, this.#steps.filter((s) => s.counts).length);
    // What was only to be read is done by who goes on from it; from the last one nobody does.
    if (before?.quiet && this.#steps[this.#steps.indexOf(before) + 1] === step) this.#finish(before);
    if (step.quiet && step === this.#steps.at(-1)) this.#finish(step);
    this.#mark();
    this.#begin(step);
    void this.#equip(step);
    if (come || location.hash) scrollTo(0, 0);
    this.#note();
    if (!come) return;
    step.heading.focus({ preventScroll: true });
  }

  /** What a goal needs comes when its step does, or after the first picture. @param {Step} step */
  async #equip(step) {
    await step.equip();
    const { state } = this.#frame;
    if (step === this.#now && state) step.see(state);
  }

  /** What was done on an earlier visit. */
  #recall() {
    const { answers, done } = this.#progress.of(this.#slug);
    for (const step of this.#steps) {
      if (step.number in answers) step.predict?.recall(answers[step.number]);
      if (!done.includes(step.number)) continue;
      step.recall();
      if (step.quiet) step.reveal();
    }
  }

  /** Shows which steps are done. */
  #mark() {
    const { done } = this.#progress.of(this.#slug);
    const list = this.querySelector('.steps ol');
    for (const link of /** @type {NodeListOf<HTMLElement>} */ (this.querySelectorAll('.steps a'))) {
      const number = Number(link.dataset.goto);
      setAttr(link, 'aria-current', number === this.#now.number ? 'step' : undefined);
      setAttr(link, 'data-done', done.includes(number) ? '' : undefined);
      // On a phone the list is longer than its line.
      if (number === this.#now.number) list?.scrollTo({ left: link.offsetLeft - list.clientWidth / 2 });
      setAttr(link, 'title', t(done.includes(number) ? 'lesson.step.done' : 'lesson.step', { n: number, title: link.textContent?.trim() ?? '' }));
    }
  }

  /** The same step in another language. */
  #languages() {
    for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (this.querySelectorAll('[data-language]'))) link.hash = this.#now === this.#steps[0] ? '' : this.#now.id;
  }

  // ---- the stage

  /** The run of a step, or the moment that its address has: #step-3&t=12s, and &run=… where that is another run. @param {Step} step */
  #begin(step) {
    const { run, begin } = step;
    const at = momentOf(location.hash);
    if (!run || at === undefined) return this.#open(step, begin);
    const query = get(location.hash, 'run');
    this.#waits = begin.wait;
    this.#frame.open(query === undefined ? run : { ...run, query, headline: '', note: '' }, { ...begin, at, play: false });
  }

  /** @param {Step} step @param {import('./sim.js').Begin} begin */
  #open(step, begin) {
    const { run } = step;
    // What has no run of its own leaves the stage as it is, unless that waits
    // for an answer that nobody can give here.
    if (!run || (!step.own && this.#frame.element.hasAttribute('src') && !this.#waits)) return;
    this.#waits = begin.wait;
    this.#frame.open(run, begin);
  }

  /** How the run of a step ends, without waiting for it. @param {Step} step */
  #end(step) {
    if (!step.sim) return;
    step.reveal();
    this.#open(step, { at: step.sim.until, play: false, wait: false });
  }

  /** @param {Step} step @param {string} query @param {number} at */
  #watch(step, query, at) {
    const { run } = step;
    if (!run) return;
    this.#frame.open({ ...run, query }, { at, play: true, wait: false });
    this.#frame.element.scrollIntoView({ block: 'nearest' });
  }

  /** The stage shows no run, or does again. @param {boolean} value */
  #mute(value) {
    if (this.#root.hasAttribute('data-mute') === value) return;
    this.#root.toggleAttribute('data-mute', value);
    for (const step of this.#steps) step.mute = value;
    this.querySelector('.mute')?.remove();
    if (!value) return;
    this.dataset.stage = 'mute';
    void import('./mute.js').then(({ word }) => { if (this.#frame.mute) this.#frame.element.after(word(() => this.#reopen())); });
  }

  /** The stage is loaded once more. */
  #reopen() {
    const { run, begin } = this.#now;
    if (run) this.#frame.anew(run, begin);
  }

  /** @param {import('./frame.js').State} state */
  #see(state) {
    if (state.ready && !this.#pictured) {
      this.#pictured = true;
      for (const step of this.#steps) void this.#equip(step);
    }
    if (state.ready) this.#mute(false);
    this.dataset.stage = state.ready ? (state.stopped ? 'stopped' : state.ended ? 'ended' : state.playing ? 'playing' : 'paused') : 'opening';
    this.#now.see(state);
  }

  /** @param {Step} step @param {number | undefined} choice */
  #answered(step, choice) {
    this.#progress.answer(this.#slug, step.number, choice);
    if (choice === undefined) this.#open(step, step.begin);
    else this.#finish(step);
  }

  /** @param {Step} step */
  #finish(step) {
    if (step.counts) this.#progress.finish(this.#slug, step.number);
    this.#mark();
  }

  // ---- keys

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const target = /** @type {Element} */ (event.target);
    if (target.closest(TYPING)) return;
    const { playing } = this.#frame.state ?? {};
    const wide = target.closest('pre, table');
    switch (event.key) {
      case 'ArrowRight': if (wide) return; this.#turn(1); break;
      case 'ArrowLeft': if (wide) return; this.#turn(-1); break;
      // Where there is more to read, these keys scroll.
      case 'PageDown': if (!this.#presenting && scrollY + innerHeight < this.#root.scrollHeight - 4) return; this.#turn(1); break;
      case 'PageUp': if (!this.#presenting && scrollY > 4) return; this.#turn(-1); break;
      case ' ': if (target.closest('button, a, summary')) return; this.#frame.say(playing ? 'pause' : 'play'); break;
      case '.': this.#frame.say('step'); break;
      case 'r': this.#frame.say('restart'); break;
      case 's': this.#frame.element.focus(); break;
      case 'h': this.#now.challenge?.hint(); break;
      case 'p': this.#notes(); break;
      case 'f': this.#present(); break;
      case 'Escape': if (!this.#presents) return; this.#present(false); break;
      case '?': void this.#help(); break;
      default: return;
    }
    event.preventDefault();
  }

  /** A key that was pressed on the stage and is none of its own. @param {string} key */
  #forwarded(key) {
    switch (key) {
      case 'PageDown': this.#turn(1); break;
      case 'PageUp': this.#turn(-1); break;
      case 'f': this.#present(); break;
      case '?': void this.#help(); break;
      case 'Escape': if (this.#presents) this.#present(false); else this.#now.heading.focus(); break;
    }
  }

  // ---- tools

  #tools() {
    const print = /** @type {HTMLButtonElement | null} */ (this.querySelector('[data-print]'));
    const share = /** @type {HTMLButtonElement | null} */ (this.querySelector('[data-share]'));
    if (print) {
      print.hidden = false;
      print.addEventListener('click', () => void import('./print.js').then((m) => m.print(this, print)));
    }
    if (share) {
      share.hidden = false;
      share.addEventListener('click', () => void import('../share/oflesson.js').then((m) => m.shareLesson(this, share, this.#shared())));
    }
    const help = h('button', { type: 'button', class: 'tool', 'data-keys': true, 'aria-label': t('lesson.help'), title: t('lesson.hint.key', { word: t('lesson.help'), key: '?' }), click: () => void this.#help() }, icon('help'));
    const full = h('button', { type: 'button', class: 'tool', 'aria-label': t('lesson.present'), title: t('lesson.hint.key', { word: t('lesson.present'), key: 'f' }), click: () => this.#present() }, icon('full'));
    this.querySelector('.lesson-bar')?.append(full, colours((theme) => this.#frame.dress(theme)), help);
    this.#root.toggleAttribute('data-notes', new URLSearchParams(location.search).has('notes'));
  }

  /** What can be given away: the step, and the stage as it is. */
  #shared() {
    const { run, begin, id, title } = this.#now;
    return { frame: this.#frame.element, sim: run, begin, title: `${this.#title}: ${title}`, step: id, first: this.#now === this.#steps[0], waits: this.#waits };
  }

  get #presenting() { return 'notes' in this.#root.dataset; }

  #notes() {
    this.#root.toggleAttribute('data-notes');
    this.#note();
  }

  /** The notes of the step, where they are on. */
  #note() {
    if (this.#presenting) void import('./asides.js').then(({ notes }) => notes(this.#now));
  }

  /** The stage stands alone, for a whole room. */
  get #presents() { return 'presents' in this.#root.dataset; }

  /** The stage alone, or the step again. @param {boolean} [on] */
  #present(on) { void import('./alone.js').then(({ present }) => present(this.#frame, this.#now.heading, on)); }

  async #help() {
    const { help } = await import('./keylist.js');
    await help(this);
  }
}
