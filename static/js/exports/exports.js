// What can be taken away: the run as a trace, the stage as a picture or a film.

import '../later.js';
import { h, setText } from '../dom.js';
import { Popover } from '../panels/popover.js';
import { styles } from '../panels/styles.js';
import { t } from '../text.js';
import { formatDuration } from '../url.js';
import { film, LONG, noFilm } from './film.js';
import { png, save, textOf } from './picture.js';
import { snapshot } from './snapshot.js';

export class Exports {
  #host;
  #popover;
  #trace = link('trace');
  #perfetto = link('perfetto');
  #svg = button('svg', () => this.#picture('svg'));
  #png = button('png', () => this.#picture('png'));
  #film = button('film', () => this.#record());
  #frame = h('button', { type: 'button', 'data-export': 'frame', click: () => void this.#embed() }, h('b', {}, t('embed.share')), h('span', {}, t('embed.share.why')));
  #progress = h('progress', { max: 1, value: 0, hidden: true, 'aria-label': t('exports.film') });
  #word = h('p', { class: 'export-word', role: 'status' });
  /** @type {AbortController | undefined} */
  #recording;

  /** @param {import('../views.js').Host} host */
  constructor(host) {
    this.#host = host;
    this.#popover = new Popover('exports', t('exports'), host.page);
    const why = noFilm();
    if (why) {
      this.#film.disabled = true;
      setText(/** @type {Element} */ (this.#film.lastElementChild), t(why));
    }
    this.#popover.body.classList.add('exports');
    this.#popover.body.append(
      h('h2', {}, t('exports.run')), this.#trace, this.#perfetto,
      h('h2', {}, t('exports.stage')), this.#svg, this.#png, this.#film, this.#frame, this.#progress, this.#word);
  }

  /** @param {HTMLElement} anchor */
  async toggle(anchor) {
    if (this.#popover.isOpen) {
      this.#popover.close();
      return;
    }
    await styles('exports');
    const { shown, query } = this.#host.now();
    const until = formatDuration(Math.max(1, Math.round(shown)));
    this.#trace.href = `/trace/until/${until}.ndjson?${query}`;
    this.#perfetto.href = `/trace/until/${until}.perfetto.json?${query}`;
    setText(this.#word, '');
    await this.#popover.open(anchor, this.#trace);
  }

  /** What is looked at: the stage, or several of them. */
  get #subject() {
    return /** @type {HTMLElement} */ (document.querySelector('procession-compare') ?? this.#host.stage);
  }

  /** @param {'svg' | 'png'} kind */
  async #picture(kind) {
    try {
      const svg = snapshot(this.#subject);
      if (kind === 'svg') save(new Blob([textOf(svg)], { type: 'image/svg+xml' }), 'procession.svg');
      else save(await png(svg), 'procession.png');
      setText(this.#word, t('exports.saved', { name: `procession.${kind}` }));
    } catch {
      setText(this.#word, t('exports.failed'));
    }
  }

  /** The stage for another page. */
  async #embed() {
    const anchor = this.#popover.anchor;
    const { share } = await import('../embed/share.js');
    const { query, shown, state } = this.#host.now();
    const beside = this.#host.worlds();
    this.#popover.close();
    await share(this.#host.page, /** @type {HTMLElement} */ (anchor), () => ({
      sim: { query, from: 0, until: 0, play: 'auto', speed: 1, controls: [], point: [], open: '', beside, continue: false },
      begin: { at: state.ended ? 0 : Math.round(shown), play: true, wait: false }, lang: document.documentElement.lang, title: t('page.title'),
    }));
  }

  async #record() {
    if (this.#recording) {
      this.#recording.abort();
      return;
    }
    this.#recording = new AbortController();
    this.#progress.hidden = false;
    const name = /** @type {Element} */ (this.#film.firstElementChild);
    setText(name, t('exports.film.stop'));
    try {
      const blob = await film(this.#subject, (share) => {
        this.#progress.value = share;
        setText(this.#word, t('exports.film.going', { n: Math.ceil(((1 - share) * LONG) / 1000) }));
      }, this.#recording.signal);
      save(blob, 'procession.webm');
      setText(this.#word, t('exports.saved', { name: 'procession.webm' }));
    } catch {
      setText(this.#word, t(this.#recording.signal.aborted ? 'exports.film.stopped' : 'exports.failed'));
    }
    this.#recording = undefined;
    this.#progress.hidden = true;
    setText(name, t('exports.film'));
  }
}

/** @param {string} name */
function link(name) {
  return h('a', { 'data-export': name, download: '', href: '#' }, h('b', {}, t(`exports.${name}`)), h('span', {}, t(`exports.${name}.why`)));
}

/** @param {string} name @param {() => void} click */
function button(name, click) {
  return h('button', { type: 'button', 'data-export': name, click }, h('b', {}, t(`exports.${name}`)), h('span', {}, t(`exports.${name}.why`)));
}
