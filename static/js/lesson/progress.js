// What this reader has done, lesson by lesson. It stays in the browser, and can
// be taken along as a small file. Where there is no storage, nothing is
// remembered, and nobody is bothered. Pure, but for the storage.

/**
 * steps: how many there are; seen, done: their numbers; answers: the choice at each question, from 0.
 * @typedef {{steps: number, seen: number[], done: number[], answers: Record<string, number>}} Lesson
 */

const KEY = 'procession-lessons';

/** What a file says that it is. */
const KIND = 'procession-lessons';

/** A file that is larger, or has more lessons than this, is none of ours. */
const MOST_TEXT = 256 * 1024;
const MOST_LESSONS = 500;
const MOST_STEPS = 100;

/** @param {unknown} n */
const isStep = (n) => Number.isInteger(n) && Number(n) >= 1 && Number(n) <= MOST_STEPS;

/** @param {unknown} list @returns {number[]} */
const steps = (list) => (Array.isArray(list) ? [...new Set(list.filter(isStep))].sort((a, b) => a - b) : []);

export class Progress {
  #storage;
  /** Where there is no storage, it is remembered as long as the page is open. @type {Record<string, Lesson>} */
  #lessons = {};

  /** @param {Storage | undefined} storage */
  constructor(storage) {
    this.#storage = storage;
  }

  /** @param {string} slug @returns {Lesson} */
  of(slug) {
    return this.all[slug] ?? { steps: 0, seen: [], done: [], answers: {} };
  }

  /** @returns {Record<string, Lesson>} */
  get all() {
    try {
      const text = this.#storage?.getItem(KEY);
      if (text) this.#lessons = lessonsOf(JSON.parse(text));
    } catch {
      // Not to be had: what this page knows.
    }
    return this.#lessons;
  }

  /** A step was looked at. @param {string} slug @param {number} step @param {number} count of steps */
  see(slug, step, count) {
    this.#change(slug, (l) => {
      l.steps = count;
      l.seen = steps([...l.seen, step]);
    });
  }

  /** A question was answered; undefined: it is open again. @param {string} slug @param {number} step @param {number | undefined} choice */
  answer(slug, step, choice) {
    this.#change(slug, (l) => {
      if (choice === undefined) delete l.answers[step];
      else l.answers[step] = choice;
    });
  }

  /** There is nothing left to do at a step. @param {string} slug @param {number} step */
  finish(slug, step) {
    this.#change(slug, (l) => { l.done = steps([...l.done, step]); });
  }

  clear() {
    this.#lessons = {};
    try {
      this.#storage?.removeItem(KEY);
    } catch {
      // Nothing was kept.
    }
  }

  /** As a file. */
  text() { return `${JSON.stringify({ kind: KIND, version: 1, lessons: this.all }, undefined, 2)}\n`; }

  /**
   * Takes what a file has to what is here.
   * @param {string} text
   * @returns {boolean} whether it was such a file
   */
  take(text) {
    let lessons;
    try {
      const file = text.length <= MOST_TEXT ? JSON.parse(text) : undefined;
      if (file?.kind !== KIND) return false;
      lessons = lessonsOf(file.lessons);
    } catch {
      return false;
    }
    const all = { ...this.all };
    for (const [slug, theirs] of Object.entries(lessons)) {
      const mine = all[slug];
      all[slug] = mine ? {
        steps: mine.steps, seen: steps([...mine.seen, ...theirs.seen]), done: steps([...mine.done, ...theirs.done]), answers: { ...theirs.answers, ...mine.answers },
      } : theirs;
    }
    this.#keep(all);
    return true;
  }

  /** @param {string} slug @param {(lesson: Lesson) => void} how */
  #change(slug, how) {
    const lesson = structuredClone(this.of(slug));
    how(lesson);
    this.#keep({ ...this.all, [slug]: lesson });
  }

  /** @param {Record<string, Lesson>} lessons */
  #keep(lessons) {
    this.#lessons = lessons;
    try {
      this.#storage?.setItem(KEY, JSON.stringify(lessons));
    } catch {
      // Full or forbidden.
    }
  }
}

/** The share of a lesson that is done, 0 to 1. @param {Lesson} lesson */
export const share = (lesson) => (lesson.steps ? Math.min(1, lesson.done.length / lesson.steps) : 0);

/** Where to go on in a lesson: the first step that is not done; undefined: all are, or none was begun. @param {Lesson} lesson */
export function next(lesson) {
  if (!lesson.seen.length) return undefined;
  for (let step = 1; step <= lesson.steps; step++) if (!lesson.done.includes(step)) return step;
  return undefined;
}

/** What can be made sense of. @param {unknown} data @returns {Record<string, Lesson>} */
function lessonsOf(data) {
  /** @type {Record<string, Lesson>} */
  const lessons = {};
  if (typeof data !== 'object' || data === null) return lessons;
  for (const [slug, value] of Object.entries(data).slice(0, MOST_LESSONS)) {
    if (!/^[\w-]{1,100}$/.test(slug) || slug === '__proto__' || typeof value !== 'object' || value === null) continue;
    const answers = Object.entries(value.answers ?? {}).filter(([step, choice]) => isStep(Number(step)) && Number.isInteger(choice) && Number(choice) >= 0);
    lessons[slug] = {
      steps: isStep(value.steps) ? value.steps : 0, seen: steps(value.seen), done: steps(value.done), answers: /** @type {Record<string, number>} */ (Object.fromEntries(answers)),
    };
  }
  return lessons;
}

/** The storage of the browser, where there is one. @returns {Storage | undefined} */
export function storage() {
  try {
    return localStorage;
  } catch {
    return undefined; // a strict sandbox
  }
}
