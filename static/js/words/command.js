// What was done, as people call it: a command in the words of the controls that
// give it. Pure.

import { valueWord, word } from '../panels/terms.js';
import { opWord, t } from './text.js';

/** A command in words: "Crash (Process 1)", "Where sessions live: Shared store". @param {string} command such as "crash 1", "set mode=store" */
export function commandWords(command) {
  const [, verb, about] = /** @type {RegExpExecArray} */ (/^(\S*)\s*(.*)$/.exec(command));
  switch (verb) {
    case 'set': {
      const [key, ...value] = about.split('=');
      return t('done.set', { what: word(`set.${key}`, key), value: valueWord(key, value.join('=')) });
    }
    case 'store': return t('done.set', { what: t('store'), value: word(`done.store.${about}`, t(`store.${about}`)) });
    case 'plant': {
      const [from, to] = about.split(' on ');
      return t('done.plant', { from, to });
    }
    case 'crash': case 'restart': case 'reload': {
      if (!about) return t(`do.all.${verb}`);
      const what = t(about.endsWith(' handler') ? 'do.throw' : `do.${verb}`);
      return t('done.of', { what, who: t('process.n', { pid: parseInt(about, 10) }) });
    }
  }
  return t('done.of', { what: word(`do.${verb}`, opWord(verb)), who: about });
}
