// Giving a run away: the link to its moment, for the room and for other pages,
// pictures of it for slides, and its numbers. The same on the stage and in lessons.

import '../words/rest.js';
import { split } from '../address/address.js';
import { h, setText } from '../dom/dom.js';
import { giveBack } from '../dom/layers.js';
import { dialog } from '../lesson/dialog.js';
import { filmEnding, LONG, noFilm } from '../exports/film.js';
import { patient } from '../wire/requests.js';
import { styles } from '../dom/styles.js';
import { spoken, untilOf } from '../lesson/sim.js';
import { MAX_HEADLINE, MAX_NOTE } from '../run/limits.js';
import { moment } from '../words/narrate.js';
import { language, t } from '../words/text.js';
import { formatDuration } from '../address/url.js';
import { Copyable } from './copyable.js';
import { hosts, isLocal } from './hosts.js';
import { aboutOf } from './keep.js';
import { frameAddress, frameLine, markdownLine, pictureAddress } from './snippets.js';
import { Square } from './square.js';

/** What can be opened. address: without a host; at: the moment that it shows, virtual µs. @typedef {{name: string, address: string, at: number}} Way */

/**
 * What is shared, as it is when somebody asks.
 * @typedef {{
 *   run: {query: string, seed: string, version: string, at: number},
 *   title: string,
 *   links: Way[],
 *   live: string,
 *   sim: import('../lesson/sim.js').Sim,
 *   playing: boolean,
 *   over: boolean,
 *   still: string,
 *   keep: (kind: import('./keep.js').Kind, wish: import('./keep.js').Wish) => Promise<string>,
 * }} Shared at: virtual µs; title: names the run; links: what can be opened, the likeliest first; live: the run at its moment, without a host;
 *   playing: it goes on just now; over: it has come to its end; still: why there can be no film just now, as a sentence; keep: makes a file and gives its name
 */

/** Heights of a frame that are offered, CSS pixels. */
const HEIGHTS = [360, 480, 640, 800];
const HEIGHT = 480;

/** The least height of a frame in which everything may be touched: below, the controls take the stage's room. */
const HEIGHT_OF_ALL = 800;

/** Themes that a frame and a picture can be given; empty: the reader's own. */
const THEMES = ['', 'light', 'dark'];

/** A headline or a note that is not there. */
const NONE = 'none';

/** Kinds of files for slides, and for other programs. @type {import('./keep.js').Kind[]} */
const PICTURES = ['svg', 'png', 'film', 'gif'];

/** Those that take their time. @type {import('./keep.js').Kind[]} */
const FILMS = ['film', 'gif'];

/** @param {Element} page @param {Element} anchor what gets the focus back @param {Shared} shared */
export async function share(page, anchor, shared) {
  const [where] = await Promise.all([hosts(), styles('share')]);
  const said = h('p', { class: 'share-said', role: 'status' });
  /** @param {string} words */
  const say = (words) => setText(said, words);
  let origin = where.origins[0];
  let link = shared.links[0];
  let height = HEIGHT;
  let chosen = false; // the height
  const { sim } = shared;
  const given = sim.controls;
  let free = given.length > 0;
  let { playing } = shared;
  let theme = '';
  let { headline = '', note = '' } = sim;

  const square = new Square();
  const address = new Copyable(t('share.link'), say);
  const html = new Copyable(t('share.html'), say, 2);
  const markdown = new Copyable(t('share.markdown'), say, 2);
  const flag = new Copyable(t('share.flag'), say);
  const hint = h('p', { class: 'share-hint' });
  const { query, at } = shared.run;
  const { lang } = document.documentElement;
  // Nothing is to be seen of a run at its beginning: the picture is of the moment that is shown.
  const picture = () => pictureAddress(query, link.at || at, lang, { headline, note, theme, own: spoken(sim) }) ?? '';
  let noPicture = '';
  flag.show(where.flag);
  flag.element.hidden = !where.flag;

  const write = () => {
    /** @param {string} path */
    const whole = (path) => new URL(path, origin).href;
    address.show(whole(link.address));
    void square.show(address.text);
    const controls = free ? (given.length ? given : ['all']) : [];
    const title = headline && headline.toLowerCase() !== NONE ? headline : shared.title;
    // What plays and is over begins once more.
    const begin = { at: playing && shared.over ? Math.min(sim.from, link.at) : link.at, play: playing, wait: false };
    html.show(frameLine({ address: whole(frameAddress({ ...sim, controls, headline, note }, begin, lang, theme)), height, title }));
    markdown.show(noPicture ? '' : markdownLine({ picture: whole(picture()), address: whole(link.address), title }), noPicture);
    const here = isLocal(origin);
    hint.classList.toggle('warning', here);
    setText(hint, t(!here ? (where.local ? 'share.network' : 'share.anywhere') : where.open ? (where.origins.length > 1 ? 'share.here.other' : 'share.here.alone') : 'share.here'));
  };

  /** Where everything may be touched the stage needs more height, unless somebody chose one. */
  const raise = () => {
    if (!free || given.length || chosen) return;
    height = HEIGHT_OF_ALL;
    /** @type {HTMLSelectElement} */ (box.querySelector('[name="height"]')).value = String(height);
  };

  const preview = h('img', { class: 'share-preview', alt: t('share.preview'), hidden: true });
  /** Another moment, whether the server draws it, and what that looks like. */
  const look = async () => {
    const wanted = picture();
    noPicture = wanted ? '' : t('share.markdown.long');
    write();
    if (!wanted || preview.getAttribute('src') === wanted) return;
    try {
      const answer = await patient(wanted);
      const why = answer.ok ? '' : await (await import('../words/problems.js')).told(await answer.json(), lang);
      if (wanted !== picture()) return; // another one is looked at by now
      preview.hidden = why !== '';
      if (!why) preview.src = wanted;
      noPicture = why;
      write();
    } catch {
      // A strict sandbox may not read it; the line is right nevertheless.
    }
  };

  const files = new Files(shared, () => new URL(shared.live, origin).href, say);
  const traced = formatDuration(Math.max(1, at));
  const until = untilOf(sim);
  const box = await dialog(page, { title: t('share.title'), close: t('share.close') },
    h('p', { class: 'share-about' }, aboutOf(shared.run)),
    h('section', { class: 'share-first' },
      square.element,
      h('div', { class: 'share-fields' },
        where.origins.length > 1 && field('host', t('share.host'), where.origins.map((o) => [o, `${new URL(o).host} (${t(isLocal(o) ? 'share.host.here' : 'share.host.network')})`]), origin, (value) => { origin = value; write(); }),
        field('opens', t('share.opens'), shared.links.map((l) => [l.address, l.name]), link.address, (value) => { link = shared.links.find((l) => l.address === value) ?? link; void look(); }),
        address.element, hint, flag.element)),
    h('div', { class: 'share-more' },
      part('page', html.element,
        h('div', { class: 'share-choices' },
          field('height', t('share.height'), HEIGHTS.map((n) => [String(n), t('share.pixels', { n })]), String(height), (value) => { chosen = true; height = Number(value); write(); }),
          field('begins', t('share.begins'), [['', t('share.begins.paused')], ['play', t('share.begins.playing')]], playing ? 'play' : '', (value) => { playing = value !== ''; write(); }),
          field('controls', t('share.controls'), [['', t('share.controls.time')], ['all', t(given.length ? 'share.controls.same' : 'share.controls.all')]], free ? 'all' : '', (value) => { free = value !== ''; raise(); write(); }),
          field('theme', t('share.theme'), THEMES.map((value) => [value, t(value ? `share.theme.${value}` : 'share.theme.own')]), theme, (value) => { theme = value; void look(); })),
        ...(until > 0 ? [h('p', { class: 'share-hint' }, t('share.stops', { moment: moment(until, language) }))] : []),
        written('headline', headline, MAX_HEADLINE, (value) => { headline = value; write(); }, look),
        written('note', note, MAX_NOTE, (value) => { note = value; write(); }, look),
        markdown.element, preview,
        h('p', { class: 'share-hint' }, t('share.do'), ' ', h('code', {}, 'do=12s crash 1; 20s set mode=store'), ' ', h('a', { class: 'link', href: `/lessons/guide?lang=${lang}`, target: '_blank' }, t('share.do.guide')))),
      h('div', { class: 'share-parts' },
        part('slides', ...PICTURES.map((kind) => files.button(kind)), files.progress),
        part('numbers', files.button('csv'), download('trace', query, `/trace/until/${traced}.ndjson`), download('perfetto', query, `/trace/until/${traced}.perfetto.json`)))));
  box.append(said);
  box.classList.add('share');
  box.addEventListener('close', () => {
    files.stop();
    giveBack(anchor);
  });
  void look();
  address.button.focus();
}

/** The files that are made here, one at a time. */
class Files {
  #shared;
  #address;
  #say;
  /** @type {Map<string, HTMLButtonElement>} */
  #buttons = new Map();
  /** @type {AbortController | undefined} */
  #making;
  /** What is made, where it may be stopped. @type {import('./keep.js').Kind | undefined} */
  #kind;
  progress = h('progress', { max: 1, value: 0, hidden: true });

  /** @param {Shared} shared @param {() => string} address of the moment, complete @param {(words: string) => void} say */
  constructor(shared, address, say) {
    this.#shared = shared;
    this.#address = address;
    this.#say = say;
  }

  /** @param {import('./keep.js').Kind} kind */
  button(kind) {
    const button = h('button', { type: 'button', class: 'share-file', 'data-share': kind, click: () => void this.#make(kind) }, ...named(kind, kind === 'film' ? { kind: filmEnding() === 'mp4' ? 'MP4' : 'WebM' } : {}));
    const without = kind === 'film' ? noFilm() : undefined;
    const why = !FILMS.includes(kind) ? '' : without ? t(without) : this.#shared.still;
    if (why) {
      button.disabled = true;
      setText(/** @type {Element} */ (button.lastElementChild), why);
    }
    this.#buttons.set(kind, button);
    return button;
  }

  /** Makes a file; pressed again meanwhile, it stops. @param {import('./keep.js').Kind} kind */
  async #make(kind) {
    if (this.#making) {
      if (kind === this.#kind) this.stop();
      return;
    }
    const { signal } = (this.#making = new AbortController());
    const button = /** @type {HTMLButtonElement} */ (this.#buttons.get(kind));
    const film = FILMS.includes(kind);
    this.#kind = film ? kind : undefined;
    this.progress.hidden = false;
    this.progress.value = 0;
    this.progress.setAttribute('aria-label', t(`share.${kind}`));
    if (film) setText(/** @type {Element} */ (button.firstElementChild), t('share.film.stop'));
    try {
      const name = await this.#shared.keep(kind, {
        address: this.#address(), signal,
        progress: (share) => {
          this.progress.value = share;
          if (film) this.#say(t('share.film.going', { n: Math.ceil(((1 - share) * LONG) / 1000) }));
        },
      });
      this.#say(t('share.saved', { name }));
    } catch {
      this.#say(t(signal.aborted ? 'share.film.stopped' : 'share.failed'));
    }
    if (film) setText(/** @type {Element} */ (button.firstElementChild), t(`share.${kind}`));
    this.progress.hidden = true;
    this.#making = undefined;
  }

  stop() { this.#making?.abort(); }
}

/** @param {string} name @param {Record<string, string>} [values] of its words */
const named = (name, values) => [h('b', {}, t(`share.${name}`)), h('span', {}, t(`share.${name}.why`, values))];

/** A file that the server makes; a run that is too long to be sent has none. @param {string} name @param {string} query @param {string} path */
function download(name, query, path) {
  const { sent, kept } = split(query);
  if (!kept) return h('a', { class: 'share-file', 'data-share': name, download: '', href: `${path}?${sent}` }, ...named(name));
  return h('button', { type: 'button', class: 'share-file', 'data-share': name, disabled: true }, h('b', {}, t(`share.${name}`)), h('span', {}, t('share.numbers.long')));
}

/** @param {string} name @param {...Node} children */
const part = (name, ...children) => h('section', { class: 'share-part', 'aria-labelledby': `share-${name}` }, h('h3', { id: `share-${name}` }, t(`share.${name}`)), ...children);

/** @param {string} name for those who read attributes @param {string} words @param {string[][]} options value and words @param {string} value @param {(value: string) => void} chosen */
function field(name, words, options, value, chosen) {
  const control = h('select', { name, change: () => chosen(control.value) }, ...options.map(([v, text]) => h('option', { value: v, selected: v === value }, text)));
  return h('label', { class: 'share-field' }, h('span', {}, words), control);
}

/** Words of one's own over the stage. @param {'headline' | 'note'} name @param {string} value @param {number} most characters @param {(value: string) => void} changed @param {() => void} done it is written */
function written(name, value, most, changed, done) {
  const control = h('input', { name, type: 'text', value, maxlength: most, placeholder: t('share.own', { none: NONE }), input: () => changed(control.value.trim()), change: done });
  return h('label', { class: 'share-field' }, h('span', {}, t(`share.${name}`)), control);
}
