// All lessons: how far one is in each, and a search that answers as one types.
// Without scripts it is a list with a form.

import { h, setText } from '../dom/dom.js';
import { t } from '../words/text.js';
import { colours } from './colours.js';
import { next, Progress, share, storage } from './progress.js';

/** Who types is not interrupted before a pause of so long, ms. */
const PAUSE = 180;

/** The name of the file that progress is saved as. */
const FILE = 'procession-progress.json';

export class CourseElement extends HTMLElement {
  #progress = new Progress(storage());
  #abort = new AbortController();
  #timer = 0;
  #said = h('p', { class: 'aloud', role: 'status' });
  #word = h('p', { role: 'status', class: 'keep-word' });

  connectedCallback() {
    if (this.#said.isConnected) return;
    this.append(this.#said);
    this.querySelector('.lesson-bar')?.append(colours());
    const form = /** @type {HTMLFormElement | null} */ (this.querySelector('form.search'));
    const field = /** @type {HTMLInputElement | null} */ (form?.querySelector('[type="search"]'));
    if (form && field) {
      field.addEventListener('input', () => this.#soon(form));
      form.addEventListener('submit', (event) => {
        event.preventDefault();
        void this.#find(form);
      });
    }
    this.#mark();
    if (this.querySelector('.course-item')) this.querySelector('main')?.append(this.#keep());
    // Another tab may go on with a lesson.
    addEventListener('storage', () => this.#mark());
    addEventListener('pageshow', () => this.#mark());
  }

  /** How far one is. */
  #mark() {
    for (const item of /** @type {NodeListOf<HTMLElement>} */ (this.querySelectorAll('.course-item'))) {
      const { slug = '', steps } = item.dataset;
      const kept = this.#progress.of(slug);
      const lesson = { ...kept, steps: Number(steps) || kept.steps };
      const done = share(lesson);
      const step = next(lesson);
      item.dataset.done = lesson.seen.length ? String(Math.round(done * 100)) : '';
      item.style.setProperty('--done', String(done));
      const place = item.querySelector('.how-far') ?? item.querySelector('.facts')?.appendChild(h('span', { class: 'how-far' }));
      const address = item.querySelector('h3 a')?.getAttribute('href') ?? '';
      place?.replaceChildren(...(!lesson.seen.length ? [] : step === undefined ? [h('b', {}, t('lesson.course.done'))] : [
        t('lesson.course.part', { done: lesson.done.length, n: lesson.steps }), ' ', h('a', { href: `${address}#step-${step}` }, t('lesson.course.go', { n: step })),
      ]));
    }
  }

  // ---- search

  /** @param {HTMLFormElement} form */
  #soon(form) {
    clearTimeout(this.#timer);
    this.#timer = Number(setTimeout(() => void this.#find(form), PAUSE));
  }

  /** Shows what the form would, without leaving the page. @param {HTMLFormElement} form */
  async #find(form) {
    clearTimeout(this.#timer);
    this.#abort.abort();
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    const values = [...new FormData(form)].map(([name, value]) => [name, String(value).trim()]).filter(([, value]) => value);
    const address = `${form.getAttribute('action')}?${new URLSearchParams(values)}`;
    try {
      const page = await load(address, signal);
      if (signal.aborted) return;
      const found = page.querySelector('.found');
      const here = this.querySelector('.found');
      if (found && here) here.replaceWith(document.importNode(found, true));
      else if (found) form.closest('search')?.after(document.importNode(found, true));
      else here?.remove();
      this.dataset.found = found ? String(found.querySelectorAll('.results > li').length) : '';
      setText(this.#said, found?.querySelector('h2, .none')?.textContent?.trim() ?? '');
      history.replaceState(history.state, '', address);
    } catch {
      if (!signal.aborted) form.submit(); // then as without scripts
    }
  }

  // ---- what is kept

  #keep() {
    const file = h('input', { type: 'file', accept: 'application/json,.json', hidden: true, 'data-progress': 'file', 'aria-label': t('lesson.course.load') });
    file.addEventListener('change', () => void this.#load(file));
    return h('section', { class: 'keep' }, h('h2', {}, t('lesson.course.keep')), h('p', {}, t('lesson.course.kept')),
      h('p', { class: 'buttons' },
        h('button', { type: 'button', class: 'button', 'data-progress': 'save', click: () => this.#save() }, t('lesson.course.save')),
        h('button', { type: 'button', class: 'button', 'data-progress': 'load', click: () => file.click() }, t('lesson.course.load')),
        h('button', { type: 'button', class: 'button', 'data-progress': 'clear', click: () => this.#clear() }, t('lesson.course.clear'))),
      file, this.#word);
  }

  #save() {
    const address = URL.createObjectURL(new Blob([this.#progress.text()], { type: 'application/json' }));
    h('a', { href: address, download: FILE }).click();
    URL.revokeObjectURL(address);
  }

  /** @param {HTMLInputElement} file */
  async #load(file) {
    const text = await file.files?.[0]?.text();
    file.value = '';
    if (text === undefined) return;
    setText(this.#word, t(this.#progress.take(text) ? 'lesson.course.loaded' : 'lesson.course.strange'));
    this.#mark();
  }

  #clear() {
    this.#progress.clear();
    setText(this.#word, t('lesson.course.cleared'));
    this.#mark();
  }
}

/**
 * A page of this server. The browser reads it itself: a policy keeps texts from becoming pages here.
 * @param {string} address @param {AbortSignal} signal
 * @returns {Promise<Document>}
 */
function load(address, signal) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('GET', address);
    request.responseType = 'document';
    request.addEventListener('loadend', () => {
      if (request.status === 200 && request.response) resolve(request.response);
      else reject(new Error(String(request.status)));
    });
    signal.addEventListener('abort', () => request.abort());
    request.send();
  });
}
