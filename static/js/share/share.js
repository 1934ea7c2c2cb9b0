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
import { t } from '../words/text.js';
import { formatDuration } from '../address/url.js';
import { Copyable } from './copyable.js';
import { hosts, isLocal } from './hosts.js';
import { aboutOf } from './keep.js';
import { frameAddress, frameLine, markdownLine, pictureAddress } from './snippets.js';
import { Square } from './square.js';

/**
 * What is shared, as it is when somebody asks.
 * @typedef {{
 *   run: {query: string, seed: string, version: string, at: number},
 *   title: string,
 *   links: {name: string, address: string}[],
 *   live: string,
 *   sim: import('../lesson/sim.js').Sim,
 *   begin: import('../lesson/sim.js').Begin,
 *   still: string,
 *   keep: (kind: import('./keep.js').Kind, wish: import('./keep.js').Wish) => Promise<string>,
 * }} Shared at: virtual µs; links: what can be opened, without a host, the likeliest first; live: the run at its moment, without a host;
 *   still: why there can be no film just now, as a sentence; keep: makes a file and gives its name
 */

/** Heights of a frame that are offered, CSS pixels. */
const HEIGHTS = [360, 480, 640];
const HEIGHT = 480;

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
  let link = shared.links[0].address;
  let height = HEIGHT;
  const given = shared.sim.controls;
  let free = given.length > 0;

  const square = new Square();
  const address = new Copyable(t('share.link'), say);
  const html = new Copyable(t('share.html'), say, 2);
  const markdown = new Copyable(t('share.markdown'), say, 2);
  const flag = new Copyable(t('share.flag'), say);
  const hint = h('p', { class: 'share-hint' });
  const { query, at } = shared.run;
  const { lang } = document.documentElement;
  const picture = pictureAddress(query, at, lang);
  let noPicture = picture ? '' : t('share.markdown.long');
  flag.show(where.flag);
  flag.element.hidden = !where.flag;

  const write = () => {
    /** @param {string} path */
    const whole = (path) => new URL(path, origin).href;
    address.show(whole(link));
    void square.show(address.text);
    const controls = free ? (given.length ? given : ['all']) : [];
    html.show(frameLine({ address: whole(frameAddress({ ...shared.sim, controls }, shared.begin, lang)), height, title: shared.title }));
    markdown.show(noPicture ? '' : markdownLine({ picture: whole(picture ?? ''), address: whole(shared.live), title: shared.title }), noPicture);
    const here = isLocal(origin);
    hint.classList.toggle('warning', here);
    setText(hint, t(!here ? (where.local ? 'share.network' : 'share.anywhere') : where.open ? (where.origins.length > 1 ? 'share.here.other' : 'share.here.alone') : 'share.here'));
  };

  const preview = h('img', { class: 'share-preview', alt: t('share.preview'), hidden: true });
  /** Whether the server draws this moment, and what that looks like. */
  const look = async () => {
    if (!picture) return;
    try {
      const answer = await patient(picture);
      if (answer.ok) {
        preview.src = picture;
        preview.hidden = false;
      } else {
        const { told } = await import('../words/problems.js');
        noPicture = await told(await answer.json(), lang);
        write();
      }
    } catch {
      // A strict sandbox may not read it; the line is right nevertheless.
    }
  };

  const files = new Files(shared, () => new URL(shared.live, origin).href, say);
  const until = formatDuration(Math.max(1, at));
  const box = await dialog(page, { title: t('share.title'), close: t('share.close') },
    h('p', { class: 'share-about' }, aboutOf(shared.run)),
    h('section', { class: 'share-first' },
      square.element,
      h('div', { class: 'share-fields' },
        where.origins.length > 1 && field('host', t('share.host'), where.origins.map((o) => [o, `${new URL(o).host} (${t(isLocal(o) ? 'share.host.here' : 'share.host.network')})`]), origin, (value) => { origin = value; write(); }),
        field('opens', t('share.opens'), shared.links.map((l) => [l.address, l.name]), link, (value) => { link = value; write(); }),
        address.element, hint, flag.element)),
    h('div', { class: 'share-more' },
      part('page', html.element,
        h('div', { class: 'share-choices' },
          field('height', t('share.height'), HEIGHTS.map((n) => [String(n), t('share.pixels', { n })]), String(height), (value) => { height = Number(value); write(); }),
          field('controls', t('share.controls'), [['', t('share.controls.time')], ['all', t(given.length ? 'share.controls.same' : 'share.controls.all')]], free ? 'all' : '', (value) => { free = value !== ''; write(); })),
        markdown.element, preview),
      h('div', { class: 'share-parts' },
        part('slides', ...PICTURES.map((kind) => files.button(kind)), files.progress),
        part('numbers', files.button('csv'), download('trace', query, `/trace/until/${until}.ndjson`), download('perfetto', query, `/trace/until/${until}.perfetto.json`)))));
  box.append(said);
  box.classList.add('share');
  box.addEventListener('close', () => {
    files.stop();
    giveBack(anchor);
  });
  write();
  address.button.focus();
  void look();
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
