// Why is it so? The story of what was asked about, line by line: each line goes
// to its moment, lights what it is about, and leads deeper where there is more.

import { h, setAttr, setChildren, setText } from '../dom/dom.js';
import { icon } from '../dom/icons.js';
import { moment } from '../words/narrate.js';
import { language, opWord, sentences, t } from '../words/text.js';
import { isLonger, mostAsked, story } from '../why/story.js';
import { Lights } from '../why/lights.js';
import { parseSubject } from '../why/subject.js';
import { sentence, tell } from '../why/sentences.js';
import { Sheet } from './sheet.js';
import { styles } from '../dom/styles.js';

/** @typedef {import('../why/story.js').Line} Line */
/** @typedef {import('../words/narrate.js').Part} Part */

/** A story of something that goes on is told anew at most this often, ms. */
const PAUSE = 400;

/** Above the line at which a story opens so much (px) is to be seen: what says that it begins above. */
const ABOVE = 34;

/** Of a long run it is not looked all the time whether there is more: so many times as long as that takes nothing is done. */
const REST = 20;

export class Why {
  #sheet;
  #page;
  #lights;
  #back = h('button', { type: 'button', class: 'tool', hidden: true, click: () => this.#goBack() }, icon('back'));
  #about = h('h3', { tabindex: -1 });
  #status = h('p', { class: 'sheet-lead', role: 'status', hidden: true });
  #waits = h('span', { class: 'why-waits', hidden: true }, t('why.waits.run'));
  #list = h('ol', { class: 'why-lines' });
  #moral = h('p');
  #so = h('div', { class: 'why-so', hidden: true }, this.#moral);
  /** Says that the story begins above, and leads there. */
  #top = h('button', { type: 'button', class: 'why-top', hidden: true, click: () => { this.#moved = true; this.#sheet.body.scrollTop = 0; } }, t('why.top'));
  #renew = h('button', { type: 'button', class: 'button', hidden: true, click: () => this.#tell(false, true) }, t('why.renew'));
  /** The subjects that led here; the last is shown. @type {string[]} */
  #path = [];
  /** The line that is lit, and those that only have the pointer or the focus. */
  #chosen = -1;
  /** Asked for last; an answer to an earlier question is not shown. */
  #asked = 0;
  /** Seq up to which the story goes: who looks at an earlier moment of it still knows the end. */
  #until = 0;
  /** The request that is still under way; its story goes on. */
  #follows = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {HTMLElement} page */
  constructor(page) {
    this.#page = /** @type {import('../page/app.js').AppElement} */ (page);
    this.#lights = new Lights(page.querySelector('procession-stage') ?? page);
    this.#sheet = new Sheet('why', t('why.title'), page);
    setAttr(this.#back, 'aria-label', t('why.back'));
    setAttr(this.#back, 'title', t('why.back'));
    const { body } = this.#sheet;
    body.append(this.#top, this.#status, this.#list, this.#so);
    body.addEventListener('scroll', () => this.#edge());
    // The room for it changes as it opens, and when the window does.
    new ResizeObserver(() => (this.#moved ? this.#edge() : this.#scroll())).observe(body);
    for (const does of ['wheel', 'touchmove', 'pointerdown', 'keydown']) body.addEventListener(does, () => { this.#moved = true; }, { passive: true });
    this.#sheet.foot.append(h('span', { class: 'buttons' }, this.#renew));
    this.#sheet.element.querySelector('h2')?.after(h('div', { class: 'why-about' }, this.#back, this.#about, this.#waits));
    page.addEventListener('order', (event) => { if (/** @type {CustomEvent} */ (event).detail.do) this.#letGo(); }); // who acts wants to see what comes of it
    this.#sheet.onToggle = (open) => {
      if (open) return;
      this.#letGo();
      this.#asked++;
      this.#follows = 0;
      clearTimeout(this.#timer);
      this.#timer = undefined;
      this.#dark();
    };
    this.#list.addEventListener('focusin', (event) => this.#hover(event));
    this.#list.addEventListener('pointerover', (event) => {
      // Where the pointer stands still, lines go by below it.
      const pointer = `${event.clientX} ${event.clientY}`;
      if (pointer !== this.#pointer) this.#hover(event);
      this.#pointer = pointer;
    });
    this.#list.addEventListener('pointerleave', () => this.#light(this.#chosen));
    this.#list.addEventListener('focusout', (event) => {
      if (!this.#list.contains(/** @type {Node | null} */ (event.relatedTarget))) this.#light(this.#chosen);
    });
  }

  /** Where the pointer was last. */
  #pointer = '';

  /** The lines that are shown. @type {Line[]} */
  #lines = [];

  /** How many are older than those. */
  #before = 0;

  /** Their rows, by what they say. @type {Map<string, HTMLElement>} */
  #items = new Map();

  get isOpen() { return this.#sheet.isOpen; }

  /**
   * @param {Element} _anchor @param {import('../run/model.js').State} state @param {boolean} _disabled
   * @param {string} [about] a subject; without one it closes, or is about what somebody most likely means
   */
  async toggle(_anchor, state, _disabled, about) {
    this.#seq = state.seq;
    if (!about && this.#sheet.isOpen) {
      this.#sheet.close();
      return;
    }
    const subject = about || focused();
    this.#hold();
    this.#lights.sheet = await styles('why');
    if (!this.#sheet.isOpen) this.#path = [];
    await this.#sheet.open();
    if (!this.#path.length || this.#path.at(-1) !== subject) this.#path.push(subject);
    await this.#tell(true, true);
  }

  /** The run stands still because of the question. */
  #holds = false;

  /** It is about to come to rest. */
  #settles = false;

  /** Time went on when the last picture was drawn. */
  #played = false;

  /** One asks about this moment, so the run waits. */
  #hold() {
    if (!this.#page.playing) return;
    this.#holds = this.#settles = true;
    this.#played = false;
    this.#waits.hidden = false;
    this.#order('pause');
  }

  /** The run goes on as it did; from the past once somebody is back in the present. */
  #letGo() {
    if (!this.#holds) return;
    this.#free();
    this.#order(document.documentElement.dataset.past ? 'resume' : 'play');
  }

  /** Whether the run waits is somebody else's to say now. */
  #free() {
    this.#holds = this.#settles = false;
    this.#waits.hidden = true;
  }

  /** @param {string} time */
  #order(time) { this.#page.dispatchEvent(new CustomEvent('order', { detail: { time } })); }

  /** Where the page is in the run: seq of the last event in its picture. */
  #seq = 0;

  /** That in the past; 0: in the present, which goes on by itself. */
  #place = 0;

  /** A line has been chosen, and the page is on its way there. */
  #leads = false;

  /**
   * What is lit is about the moment at which it was lit: at another one, that of its line apart, it goes dark.
   * @param {import('../run/model.js').State} state @param {number} _moment @param {boolean} rest
   */
  draw({ seq }, _moment, rest) {
    const place = document.documentElement.dataset.past ? seq : 0;
    const moved = place !== this.#place || seq < this.#seq;
    this.#place = place;
    this.#seq = seq;
    if (!this.#sheet.isOpen) return;
    const { playing } = this.#page;
    if (playing && !this.#played) {
      this.#free(); // somebody lets it go on, and leaves what is lit behind
      if (!this.#follows) this.#dark();
    }
    this.#played = playing;
    if (this.#settles && rest) {
      // What came until it stood still belongs to the moment.
      this.#settles = false;
      if (seq > this.#until) void this.#tell(false, true);
    }
    if (!this.#settles) this.#offer();
    if (!moved) return;
    if (!place || this.#lines[this.#chosen]?.seq !== seq) this.#dark();
    // Esc closes the story that led there before it leaves the past.
    else if (this.#leads) this.#sheet.rise();
    this.#leads = false;
  }

  /** Up to this position nothing is to be added to the story. */
  #sought = 0;

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #soon;

  /** How long it took to look, ms. */
  #took = 0;

  /** Offers to tell on, where the story has more to tell by the shown moment. */
  #offer() {
    if (this.#seq < this.#sought || this.#seq < this.#until) {
      this.#sought = 0;
      this.#more(false);
    }
    if (!this.#renew.hidden || this.#soon || this.#seq <= Math.max(this.#until, this.#sought)) return;
    this.#soon = setTimeout(() => {
      this.#soon = undefined;
      void this.#seek();
    }, Math.max(PAUSE, REST * this.#took));
  }

  /** Looks whether there is more. */
  async #seek() {
    const asked = this.#asked;
    const subject = this.#path.at(-1) ?? '';
    const seq = this.#seq;
    if (!this.#sheet.isOpen || seq <= this.#until) return;
    const { events, base } = await this.#past(seq);
    if (asked !== this.#asked) return;
    const begin = performance.now();
    const longer = isLonger(story(events, subject, base), this.#lines, this.#before);
    this.#took = performance.now() - begin;
    this.#sought = seq;
    this.#more(longer && seq <= this.#seq);
  }

  /** @param {boolean} there */
  #more(there) {
    if (!there && document.activeElement === this.#renew) this.#about.focus({ preventScroll: true });
    this.#renew.hidden = !there;
    this.#sheet.foot.hidden = !there;
  }

  /**
   * What the story was about may never have been.
   * @param {boolean} known the same run, gone on or cut off; otherwise it is another, of which nothing was asked
   */
  renew(known) {
    if (!this.#sheet.isOpen) return;
    this.#dark();
    if (known) void this.#tell(false, true);
    else this.#sheet.close();
  }

  /** @param {import('../run/model.js').Event} e */
  note(e) {
    if (e.kind === 'scenario.set' && e.text?.startsWith('mode=')) this.#dark();
    if (!this.#follows || e.req !== this.#follows) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.#tell(false, true);
    }, PAUSE);
  }

  #goBack() {
    this.#path.pop();
    void this.#tell(true);
  }

  /**
   * Reads the past and tells the story of the present subject.
   * @param {boolean} anew another subject than before: from the top
   * @param {boolean} [now] up to the shown moment, and not as far as the story before
   */
  async #tell(anew, now = false) {
    const asked = ++this.#asked;
    if (now || !this.#until) this.#until = this.#seq;
    this.#sought = 0;
    this.#more(false);
    this.#sheet.element.dataset.told = 'false';
    if (anew) {
      setText(this.#status, t('why.loading'));
      this.#dark();
    }
    const { events, base } = await this.#past(this.#until);
    if (asked !== this.#asked) return;
    if (!events.length) {
      this.#nothing('why.failed');
      return;
    }
    const subject = this.#path.at(-1) || mostAsked(events);
    this.#path[Math.max(0, this.#path.length - 1)] = subject;
    if (!subject) {
      setText(this.#about, '');
      this.#nothing('why.nothing');
      return;
    }
    const { lines, before } = story(events, subject, base);
    this.#name(subject, events);
    if (!lines.length) {
      // A story that was told is of what has not been: a run that began again.
      if (anew) this.#nothing('why.empty');
      else this.#sheet.close();
      return;
    }
    const words = tell(lines, events, sentences(), base);
    const s = parseSubject(subject);
    this.#follows = s?.what === 'request' && !events.some((e) => e.req === s.req && e.kind === 'request.done') ? s.req : 0;
    this.#show(lines, words, before, anew);
  }

  /**
   * What happened, from the first event on where that can be had.
   * @param {number} seq of the last event
   * @returns {Promise<{events: import('../run/model.js').Event[], base: import('../run/model.js').State | undefined}>}
   */
  async #past(seq) {
    const past = await this.#page.whole().catch(() => this.#page.past);
    if (!past) return { events: [], base: undefined };
    return { events: past.events(past.first, Math.min(seq, past.last)), base: past.whole ? undefined : past.baseState };
  }

  /** @param {string} key of the catalogue */
  #nothing(key) {
    this.#status.hidden = false;
    setText(this.#status, t(key));
    setChildren(this.#list, []);
    this.#so.hidden = true;
    this.#lines = [];
    this.#follows = 0;
    this.#dark();
    this.#sheet.element.dataset.told = 'true';
  }

  /** @param {string} subject @param {import('../run/model.js').Event[]} events */
  #name(subject, events) {
    const s = parseSubject(subject);
    const sent = s?.what === 'request' ? events.find((e) => e.kind === 'request.sent' && e.req === s.req) : undefined;
    const words = s && (sent
      ? sentence('why.about.request.of', { req: sent.req ?? 0, visitor: sent.visitor ?? '', op: opWord(sent.op ?? '') })
      : sentence(`why.about.${s.what}`, { ...s }));
    setText(this.#about, (words ?? []).map((p) => p.text).join(''));
    this.#sheet.element.dataset.about = subject;
    this.#back.hidden = this.#path.length < 2;
  }

  /** @param {Line[]} lines @param {Part[][]} words @param {number} before @param {boolean} anew */
  #show(lines, words, before, anew) {
    this.#status.hidden = before === 0;
    setText(this.#status, before ? t('why.earlier', { n: before }) : '');
    this.#lines = lines;
    this.#before = before;
    // The moral has no moment and stands below.
    const moral = lines.findIndex((l) => l.key.startsWith('so.'));
    this.#so.hidden = moral < 0;
    if (moral >= 0) setChildren(this.#moral, inked(words[moral]));
    const had = document.activeElement instanceof HTMLElement && this.#list.contains(document.activeElement) ? document.activeElement.dataset.line : undefined;
    // A line that is told again as it was stays: somebody may just be pressing it.
    /** @type {Map<string, HTMLElement>} */
    const items = new Map();
    lines.forEach((l, i) => {
      if (i === moral) return;
      const key = [i, l.seq, l.key, l.more, l.tone, ...words[i].map((p) => p.text)].join('\n');
      items.set(key, (anew ? undefined : this.#items.get(key)) ?? this.#item(l, words[i], i));
    });
    this.#items = items;
    const { body } = this.#sheet;
    const at = body.scrollTop; // lines that come anew let it go up
    setChildren(this.#list, [...items.values()]);
    if (anew) {
      // What it came to is lit first: the last line that is bad, else the last.
      this.#chosen = lines.findLastIndex((l) => l.tone === 'bad' && l.light.length > 0);
      if (this.#chosen < 0) this.#chosen = lines.findLastIndex((l) => l.seq > 0 && l.light.length > 0);
      if (this.#chosen < 0) this.#chosen = 0;
      this.#about.focus({ preventScroll: true });
      this.#moved = false;
      this.#scroll();
    } else if (had !== undefined) {
      /** @type {HTMLElement | null} */ (this.#list.querySelector(`[data-line="${had}"]`))?.focus({ preventScroll: true });
    } else if (!this.#moved) {
      this.#scroll(); // its end has come meanwhile
    } else {
      body.scrollTop = at;
    }
    this.#light(this.#chosen);
    this.#edge();
    this.#sheet.element.dataset.told = 'true';
  }

  /**
   * A story begins at its beginning, and what went wrong is to be seen at once: where there is not room for both, it
   * opens at the first line that is bad, or the first from which the answer is in sight, too. What is no story with a
   * moral opens with its line and what led to it above.
   */
  #scroll() {
    const { body } = this.#sheet;
    body.scrollTop = 0;
    const edge = body.getBoundingClientRect();
    const rows = [...this.#list.querySelectorAll('li')].map((row) => ({ row, ...row.getBoundingClientRect().toJSON() }));
    const bad = this.#so.hidden ? [] : rows.filter(({ row }) => row.dataset.tone === 'bad');
    const last = bad.filter(({ row }) => !row.querySelector('[data-key="request.done"]')).at(-1) ?? bad.at(-1); // what the visitor sees stands under the stage
    const first = last && bad.find(({ top }) => last.bottom - top <= edge.height - ABOVE);
    const chosen = /** @type {HTMLElement | null} */ (this.#list.querySelector(`[data-line="${this.#chosen}"]`));
    if (first) body.scrollTop = last.bottom > edge.bottom || this.#so.getBoundingClientRect().bottom > edge.bottom ? first.top - edge.top - ABOVE : 0;
    else if (chosen) {
      const beyond = chosen.getBoundingClientRect().bottom - edge.bottom;
      if (beyond > 0) body.scrollTop = beyond + Math.min(body.clientHeight / 3, chosen.offsetTop);
    }
    this.#edge();
  }

  /** Somebody has gone somewhere else in the story since it opened. */
  #moved = false;

  /** Where the story goes on above and below what is to be seen, it says so. */
  #edge() {
    const { body } = this.#sheet;
    this.#top.hidden = body.scrollTop < 4;
    body.toggleAttribute('data-on', body.scrollTop + body.clientHeight < body.scrollHeight - 4);
  }

  /** @param {Line} line @param {Part[]} words @param {number} i */
  #item(line, words, i) {
    const says = h('span', {}, ...inked(words));
    const at = line.ts || line.seq ? h('time', {}, moment(line.ts, language)) : h('time', {}, t('why.now'));
    const go = h('button', {
      type: 'button', class: 'why-line', 'data-line': i, 'data-seq': line.seq || undefined, 'data-key': line.key || line.event?.kind, title: line.seq ? t('why.go', { moment: moment(line.ts, language) }) : undefined,
      click: () => this.#choose(i),
    }, at, says);
    const text = words.map((p) => p.text).join('');
    const more = line.more && line.more !== this.#path.at(-1) && h('button', {
      type: 'button', class: 'why-more', 'data-more': line.more, 'aria-label': t('why.more.of', { what: text }),
      click: () => {
        this.#path.push(line.more ?? '');
        void this.#tell(true);
      },
    }, t('why.more'));
    return h('li', { 'data-tone': line.tone || undefined, class: more ? 'leads' : undefined }, go, more);
  }

  /** Goes to the moment of a line and keeps it lit. @param {number} i */
  #choose(i) {
    this.#chosen = i;
    this.#light(i);
    const { ts, seq } = this.#lines[i];
    this.#leads = seq > 0;
    if (seq) this.#page.dispatchEvent(new CustomEvent('moment', { detail: { ts, seq } }));
  }

  /** @param {Event} event */
  #hover(event) {
    const row = /** @type {Element} */ (event.target).closest('li')?.querySelector('[data-line]');
    if (row instanceof HTMLElement) this.#light(Number(row.dataset.line));
  }

  /** Nothing is lit, and no line chosen. */
  #dark() {
    this.#chosen = -1;
    this.#light(-1);
  }

  /** Lights a line that is shown, and nothing else. @param {number} i -1: none */
  #light(i) {
    this.#lights.show(this.#sheet.isOpen ? this.#lines[i]?.light ?? [] : []);
    for (const row of this.#list.querySelectorAll('[data-line]')) {
      const is = /** @type {HTMLElement} */ (row).dataset.line === String(i);
      row.closest('li')?.classList.toggle('lit', is);
      if (/** @type {HTMLElement} */ (row).dataset.line === String(this.#chosen)) row.setAttribute('aria-current', 'true');
      else row.removeAttribute('aria-current');
    }
  }
}

/** The subject of what has the focus; empty when it has none. */
function focused() {
  const at = document.activeElement;
  const why = at?.closest('[data-why]')?.getAttribute('data-why');
  if (why) return why;
  const visitor = at?.closest('[data-visitor]')?.getAttribute('data-visitor');
  if (visitor) return `visitor:${visitor}`;
  const worker = at?.closest('[data-worker]')?.getAttribute('data-worker');
  return worker ? `worker:${worker}` : '';
}

/** Words in the colours of their things. @param {Part[]} words @returns {Node[]} */
function inked(words) {
  return words.map((p) => {
    if (!p.ink) return document.createTextNode(p.text);
    const word = h('b', {}, p.text);
    word.style.setProperty('color', `var(--${p.ink})`);
    return word;
  });
}
