// The stage for another page: the line of HTML to copy.

import '../later.js';
import { h, setText } from '../dom.js';
import { addressOf } from '../lesson/sim.js';
import { dialog } from '../lesson/dialog.js';
import { t } from '../text.js';
import { line } from './line.js';

/** What is shared. @typedef {{sim: import('../lesson/sim.js').Sim | undefined, begin: import('../lesson/sim.js').Begin, lang: string, title: string}} Shared */

/** Heights that are offered, CSS pixels. */
const HEIGHTS = [360, 480, 640];
const HEIGHT = 480;

/**
 * @param {Element} page @param {HTMLElement} anchor what gets the focus back @param {() => Shared} what
 */
export async function share(page, anchor, what) {
  const { sim, begin, lang, title } = what();
  if (!sim) return;
  let height = HEIGHT;
  let free = sim.controls.length > 0;
  const text = h('textarea', { class: 'embed-line', readonly: true, rows: 4, spellcheck: 'false', 'aria-label': t('embed.share.line'), focus: () => text.select() });
  const done = h('span', { class: 'embed-done', role: 'status' });
  const write = () => {
    const address = addressOf({ ...sim, controls: free ? (sim.controls.length ? sim.controls : ['all']) : [] }, begin, lang);
    text.value = line({ address: new URL(address, location.origin).href, height, title });
    setText(done, '');
  };
  const copy = h('button', {
    type: 'button', class: 'button strong', 'data-copy': true,
    click: async () => {
      try {
        await navigator.clipboard.writeText(text.value);
        setText(done, t('embed.share.copied'));
      } catch {
        // Not every page may write there: then it is copied by hand.
        text.focus();
        text.select();
        setText(done, t('embed.share.byHand'));
      }
    },
  }, t('embed.share.copy'));
  const box = await dialog(page, { title: t('embed.share'), close: t('embed.share.close') },
    h('p', {}, t('embed.share.lead')),
    h('div', { class: 'embed-choices' },
      field(t('embed.share.height'), HEIGHTS.map((n) => [String(n), t('embed.share.pixels', { n })]), String(height), (value) => { height = Number(value); write(); }),
      field(t('embed.share.controls'), [['', t('embed.share.time')], ['all', t(sim.controls.length ? 'embed.share.same' : 'embed.share.all')]], free ? 'all' : '', (value) => { free = value !== ''; write(); })),
    text, h('p', { class: 'buttons' }, copy, done));
  box.addEventListener('close', () => anchor.focus({ preventScroll: true }));
  write();
  copy.focus();
}

/** @param {string} name @param {string[][]} options value and words @param {string} value @param {(value: string) => void} chosen */
function field(name, options, value, chosen) {
  const control = h('select', { change: () => chosen(control.value) }, ...options.map(([v, words]) => h('option', { value: v, selected: v === value }, words)));
  return h('label', { class: 'field' }, h('span', { class: 'word' }, name), control);
}
