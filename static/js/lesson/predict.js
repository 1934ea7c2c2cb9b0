// A question that is answered before the run, and then compared with it. A wrong
// answer is no shame: most people give it, that is why it is asked.

import { h, setAttr, setText } from '../dom/dom.js';
import { t } from '../words/text.js';

/**
 * @typedef {{
 *   answered: (choice: number | undefined) => void,
 *   run: () => void,
 *   end: () => void,
 * }} Host answered: with a choice, or no more; run: let happen what was asked about; end: show how it ends, now
 */

export class Predict {
  #form;
  #host;
  #right;
  #submit;
  #result;
  /** @type {HTMLInputElement[]} */
  #inputs;
  #wait;
  #again;
  #first;
  /** Asked and not seen yet. */
  #running = false;
  /** @type {number | undefined} */
  #choice;
  /** How the run ends, as a picture for those who cannot see it. @type {HTMLElement | null} */
  #end;
  #mute = false;

  /** @param {HTMLFormElement} form @param {Host} host */
  constructor(form, host) {
    this.#form = form;
    this.#host = host;
    this.#right = Number(form.dataset.right);
    this.#submit = /** @type {HTMLButtonElement} */ (form.querySelector('[type="submit"]'));
    this.#result = /** @type {HTMLElement} */ (form.querySelector('.result'));
    this.#inputs = [...form.querySelectorAll('input')];
    this.#wait = h('p', { class: 'running', hidden: true }, h('span', {}, t('lesson.running')), ' ', h('button', { type: 'button', class: 'link', 'data-now': true, click: () => host.end() }, t('lesson.now')));
    this.#again = h('button', { type: 'button', class: 'link', 'data-again': true, hidden: true, click: () => this.#open() }, t('lesson.again'));
    this.#first = h('p', { class: 'first', role: 'status' });
    this.#result.setAttribute('role', 'status');
    this.#wait.tabIndex = -1;
    this.#result.tabIndex = -1;
    this.#submit.after(this.#wait, this.#first);
    form.append(this.#again);
    // Where there are scripts the answer comes with the run, or with its picture.
    const answer = form.querySelector('.answer');
    this.#end = answer?.querySelector('figure') ?? null;
    if (this.#end) form.append(this.#end);
    answer?.remove();
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#answer();
    });
    form.addEventListener('change', () => this.#show());
    this.#show();
  }

  get answered() { return this.#choice !== undefined; }

  get running() { return this.#running; }

  /** There is no run to be seen. @param {boolean} value */
  set mute(value) {
    this.#mute = value;
    this.#show();
  }

  /** It was answered before. @param {number} choice */
  recall(choice) {
    if (!this.#inputs[choice]) return;
    this.#inputs[choice].checked = true;
    this.#choice = choice;
    this.#running = false;
    this.#show();
  }

  /** Somebody wants to see the run first. */
  insist() {
    setText(this.#first, '');
    setText(this.#first, t('lesson.first'));
    const at = this.#inputs.find((i) => i.checked) ?? this.#inputs[0];
    at?.focus();
  }

  /** What was asked about has happened. */
  reveal() {
    if (!this.#running) return;
    this.#running = false;
    const here = this.#form.contains(document.activeElement);
    // It is said once: what gets the focus is read by that, and where the focus stays elsewhere the change is.
    setAttr(this.#result, 'role', here ? undefined : 'status');
    this.#show();
    if (here) this.#result.focus({ preventScroll: true });
    this.#bring();
  }

  /** What is told now comes into sight, from its beginning on, with what stands below it. */
  #bring() {
    const page = getComputedStyle(document.documentElement);
    const space = parseFloat(page.fontSize);
    const begins = [...this.#form.querySelectorAll('.feedback, .result')].map((e) => e.getBoundingClientRect()).filter((box) => box.height > 0).map((box) => box.top);
    const top = Math.min(...begins) - (parseFloat(page.scrollPaddingBlockStart) || 0) - space;
    const by = Math.min(top, (this.#form.parentElement ?? this.#form).getBoundingClientRect().bottom + space - innerHeight);
    if (by > 0) scrollBy({ top: by, behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' });
  }

  #answer() {
    const choice = this.#inputs.findIndex((i) => i.checked);
    if (choice < 0) {
      setText(this.#first, t('lesson.choose'));
      this.#inputs[0]?.focus();
      return;
    }
    this.#choice = choice;
    this.#running = true;
    this.#show();
    this.#wait.focus({ preventScroll: true });
    this.#host.answered(choice);
    this.#host.run();
  }

  /** The question is open again. */
  #open() {
    this.#choice = undefined;
    this.#running = false;
    for (const input of this.#inputs) input.checked = false;
    this.#show();
    this.#host.answered(undefined);
    this.#inputs[0]?.focus();
  }

  #show() {
    const over = this.#choice !== undefined && !this.#running;
    const right = this.#choice === this.#right;
    this.#form.dataset.state = over ? (right ? 'right' : 'other') : this.#running ? 'running' : 'open';
    this.#submit.hidden = this.#choice !== undefined;
    this.#wait.hidden = !this.#running;
    this.#again.hidden = !over;
    this.#result.hidden = !over;
    if (this.#end) this.#end.hidden = !over || !this.#mute;
    if (this.#choice !== undefined) setText(this.#first, '');
    for (const [i, input] of this.#inputs.entries()) {
      input.disabled = this.#choice !== undefined;
      const label = /** @type {HTMLElement} */ (input.closest('label'));
      label.toggleAttribute('data-happened', over && i === this.#right);
      label.toggleAttribute('data-chosen', over && i === this.#choice);
      const tags = [over && i === this.#right && t('lesson.happened'), over && i === this.#choice && t('lesson.yours')].filter(Boolean).join(' · ');
      const tag = label.querySelector('.tag') ?? label.appendChild(h('small', { class: 'tag' }));
      setText(tag, tags);
    }
    if (over) setText(this.#result, t(right ? 'lesson.right' : 'lesson.other', { happened: this.#say(this.#right) }));
    for (const feedback of /** @type {NodeListOf<HTMLElement>} */ (this.#form.querySelectorAll('.feedback'))) {
      const choice = Number(feedback.dataset.choice);
      feedback.hidden = !over || (choice !== this.#choice && choice !== this.#right);
      // First what speaks for and against one's own answer, then what happened and why.
      if (over && choice === this.#choice && !right) this.#result.before(feedback);
      else this.#again.before(feedback);
    }
  }

  /** @param {number} choice */
  #say(choice) { return this.#inputs[choice]?.closest('label')?.querySelector('span')?.textContent?.trim() ?? ''; }
}
