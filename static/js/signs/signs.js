// The signs on the stage: where each is, and how it is drawn where it is
// explained. What it means stands once, in the catalogue under "sign.": beside
// the sign, when somebody points at it, and in the list of all signs.

import { h, s, setInk } from '../dom/dom.js';
import { markShape } from '../dom/icons.js';
import { t } from '../words/text.js';

/**
 * name: the end of its key in the catalogue. at: a selector on the stage; none: it is only in the list.
 * draw: how it looks, with the classes of the stage.
 * @typedef {{name: string, at?: string, draw: () => Element}} Sign
 */

/** Groups in the order of the list; of the signs that an element is, the first is told. @type {{name: string, signs: Sign[]}[]} */
export const GROUPS = [
  {
    name: 'visitors',
    signs: [
      { name: 'ring', at: '.visitor:not(.gone, .fresh, [data-ink="ink"], [data-ink="store"]) .disc', draw: () => disc('p1', '', '1') },
      { name: 'shared', at: '.visitor[data-ink="store"]:not(.gone) .disc', draw: () => disc('store', '', 'S') },
      { name: 'number', at: '.visitor .sign', draw: () => h('span', { class: 'row' }, inked('p2', h('span', { class: 'badge' }, '2')), inked('store', h('span', { class: 'badge' }, 'S'))) },
      { name: 'gone', at: '.visitor.gone :is(.disc, .cookie)', draw: () => disc('none', 'gone', '2') },
      { name: 'none', at: '.visitor.fresh :is(.disc, .cookie)', draw: () => disc('none', 'fresh', '') },
      { name: 'cookie', at: '.visitor:not(.gone, .fresh, [data-ink="ink"]) .cookie', draw: () => h('span', { class: 'cookie' }, t('cookie.held', { sid: 'a8be' })) },
      { name: 'carried', at: '.visitor[data-ink="ink"] :is(.disc, .cookie)', draw: () => h('span', { class: 'cookie carried' }, 'Ada +2') },
      { name: 'good', at: '.cell.good', draw: () => cell('good', '+') },
      { name: 'bad', at: '.cell.bad:not([data-cell="!"], [data-cell="4"], [data-cell="5"])', draw: () => cell('bad', '-') },
      { name: 'broke', at: '.cell.bad', draw: () => h('span', { class: 'row' }, cell('bad', '!'), cell('bad', '4'), cell('bad', '5')) },
      { name: 'spared', at: '.cell.spared', draw: () => cell('spared', '-') },
      { name: 'act', at: '.cell.act', draw: () => h('span', { class: 'row' }, ...['L', 'O', 'C', 'R', 'N', 'T', 'M', 'P'].map((mark) => cell('act', mark))) },
      { name: 'under', draw: () => h('span', { class: 'row' }, cell('good', '+', 'p1'), cell('bad', '-', 'p2')) },
      { name: 'plug', at: '.visitor .plug', draw: () => inked('p1', h('span', { class: 'plug' }, plug())) },
    ],
  },
  {
    name: 'ways',
    signs: [
      { name: 'dot', draw: () => disc('p1', 'flying', '') },
      { name: 'command', draw: () => inked('store', h('span', { class: 'command' }, 'A')) },
      { name: 'cut', at: '[data-store="down"] .wire.to-store', draw: () => line('cut') },
      { name: 'kept', at: '.wire.kept', draw: () => line('kept') },
      { name: 'wire', at: '.wire', draw: () => line('plain') },
      { name: 'balancer', at: '.balancer:not(.alone)', draw: () => h('span', { class: 'balancer' }, t('balancer')) },
      { name: 'alone', at: '.balancer.alone', draw: () => h('span', { class: 'balancer alone' }, t('balancer')) },
      { name: 'waiting', at: '.balancer .waiting', draw: () => h('b', {}, t('balancer.waiting', { n: 5 })) },
    ],
  },
  {
    name: 'processes',
    signs: [
      { name: 'own', at: '[data-mode="local"] .process .label', draw: () => h('span', { class: 'label' }, t('memory.own')) },
      { name: 'nothing', at: ':is([data-mode="store"], [data-mode="cookie"]) .process:not(.store) .label', draw: () => h('span', { class: 'label' }, t('memory.none')) },
      { name: 'chip', at: '.chip:not(.ghost)', draw: () => inked('p1', h('span', { class: 'chip' }, h('code', {}, 'a8be'), 'Ada +2')) },
      { name: 'missing', at: '.chip.ghost', draw: () => h('span', { class: 'chip ghost' }, h('code', {}, '816c'), '?') },
      { name: 'more', at: '.chips .more', draw: () => h('span', { class: 'more' }, t('session.more', { n: 3 })) },
      { name: 'lookup', at: '.lookup:not(:empty)', draw: () => h('code', { class: 'lookup miss' }, '→ undefined') },
      { name: 'life', at: '.process:not(.store) .life:not(:empty)', draw: () => h('span', { class: 'life' }, t('process.life', { life: 2 })) },
      { name: 'core', at: '.core.on', draw: () => inked('p1', h('span', { class: 'core on' }, t('core.n', { core: 1 }))) },
      { name: 'idle', at: '.core', draw: () => h('span', { class: 'core' }, t('core.none')) },
      { name: 'dead', at: '.process:is([data-state="down"], [data-state="starting"])', draw: () => h('span', { class: 'box dead' }) },
      { name: 'held', at: '.process .plug', draw: () => inked('p1', h('span', { class: 'plug' }, plug(), '2')) },
      { name: 'told', draw: () => inked('p1', h('b', { class: 'underlined' }, t('process.n', { pid: 1 }))) },
      { name: 'lit', draw: () => h('span', { class: 'box lit' }) },
    ],
  },
  {
    name: 'machine',
    signs: [
      { name: 'thread', at: '.threads li:not(.waits)', draw: () => inked('p1', h('span', { class: 'desk' }, t('thread.n', { tid: 1 }))) },
      { name: 'locked', at: '.threads .waits', draw: () => h('span', { class: 'box waits' }) },
      { name: 'one', at: '[data-mode="threads"] .process .memory', draw: () => h('span', { class: 'box one' }) },
      { name: 'lock', at: '.lock-list li', draw: () => h('span', { class: 'padlock' }, padlock()) },
      { name: 'circle', at: '.deadlock', draw: () => ring() },
      { name: 'lanes', at: '.machine .lanes', draw: () => lanes() },
      { name: 'ready', at: '.ready-word', draw: () => inked('p1', h('span', { class: 'desk' }, t('process.n', { pid: 1 }))) },
    ],
  },
  {
    name: 'store',
    signs: [
      { name: 'store', at: '.store:not([data-store-state="slow"], [data-store-state="full"], [data-store-state="down"]) .head', draw: () => inked('store', h('b', { class: 'name' }, 'Redis')) },
      { name: 'log', at: '.store .log li', draw: () => inked('store', h('span', { class: 'log' }, h('span', {}, '›'), ' GET sess:a8be')) },
      { name: 'slow', at: '.store[data-store-state="slow"] .head', draw: () => inked('store', h('span', { class: 'box slow' })) },
      { name: 'full', at: '.store[data-store-state="full"] .head', draw: () => inked('store', h('span', { class: 'box full' })) },
      { name: 'down', at: '.store[data-store-state="down"]', draw: () => h('span', { class: 'box dead' }) },
      { name: 'disk', at: '.store .disk', draw: () => inked('store', h('span', { class: 'disk' })) },
    ],
  },
  {
    name: 'many',
    signs: [
      { name: 'dots', at: '.visitors .dots', draw: () => h('span', { class: 'row' }, inked('p1', h('i', { class: 'dot' })), inked('p2', h('i', { class: 'dot open' }))) },
      { name: 'share', at: '.visitors .share', draw: () => h('span', { class: 'shares' }, h('i', { class: 'in' }), h('i', { class: 'out' })) },
      { name: 'band', at: '.flow', draw: () => line('band') },
    ],
  },
];

const SIGNS = GROUPS.flatMap((group) => group.signs).filter((sign) => sign.at);

/** The sign that an element is; undefined: none. @param {Element} element */
export const signAt = (element) => SIGNS.find(({ at = '' }) => element.matches(at));

/** What a sign means. @param {Sign} sign */
export const meaning = (sign) => t(`sign.${sign.name}`);

// ---- how they are drawn

/** @template {HTMLElement} E @param {string} ink @param {E} element */
function inked(ink, element) {
  setInk(element, ink);
  return element;
}

/** @param {string} ink @param {string} state @param {string} number */
const disc = (ink, state, number) => inked(ink, h('span', { class: `face ${state}` }, h('span', { class: 'disc' }, h('b', {}, 'A'), number && h('span', { class: 'sign' }, number))));

/** @param {string} meaning @param {string} mark @param {string} [ink] of the process that answered */
const cell = (meaning, mark, ink = '') => {
  const element = h('i', { class: `cell ${meaning}` }, markShape(mark));
  return ink ? inked(ink, element) : element;
};

/** A line between two things. @param {string} kind */
const line = (kind) => s('svg', { class: `stroke ${kind}`, viewBox: '0 0 48 12' }, s('path', { d: 'M1 6h46' }));

const plug = () => s('svg', { class: 'icon', viewBox: '0 0 16 16' }, s('path', { d: 'M5.6 2v3M10.4 2v3M3.8 5h8.4v2.4a4.2 4.2 0 0 1-8.4 0zM8 11.6V14' }));

const padlock = () => s('svg', { class: 'icon', viewBox: '0 0 16 16' }, s('path', { d: 'M3.6 7.4h8.8v6H3.6zM5.4 7.4V5.2a2.6 2.6 0 0 1 5.2 0v2.2' }));

const ring = () => s('svg', { class: 'stroke circle', viewBox: '0 0 24 24' }, s('path', { d: 'M4 12a8 8 0 0 1 15-4M20 12a8 8 0 0 1-15 4M19 4v4h-4M5 20v-4h4' }));

const lanes = () => s('svg', { class: 'stroke lane', viewBox: '0 0 48 12' }, s('path', { class: 'thin', d: 'M1 6h46' }), s('path', { d: 'M4 6h14M30 6h12' }));
