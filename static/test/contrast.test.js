// The colours of the style sheets, held to the contrasts that they promise.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

/** @param {string} name */
const sheet = (name) => readFileSync(new URL(`../css/${name}.css`, import.meta.url), 'utf8');

/**
 * The custom properties of the blocks of a selector.
 * @param {string} css @param {string} selector
 * @returns {Record<string, string>[]}
 */
function blocks(css, selector) {
  const found = [];
  for (let at = css.indexOf(`${selector} {`); at >= 0; at = css.indexOf(`${selector} {`, at + 1)) {
    const body = css.slice(at + selector.length, css.indexOf('}', at));
    found.push(Object.fromEntries([...body.matchAll(/--([\w-]+):\s*([^;]+);/g)].map((m) => [m[1], m[2].trim()])));
  }
  return found;
}

/** @typedef {[number, number, number]} Colour */

/** @param {string} hex @returns {Colour} */
const rgb = (hex) => {
  assert.match(hex, /^#[0-9a-f]{6}$/);
  return /** @type {Colour} */ ([1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16) / 255));
};

/** @param {Colour} c */
function luminance(c) {
  const [r, g, b] = c.map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** @param {Colour} a @param {Colour} b the contrast ratio of WCAG, 1 to 21 */
function contrast(a, b) {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

/** color-mix(in srgb, a share, b). @param {Colour} a @param {number} share @param {Colour} b @returns {Colour} */
const mix = (a, share, b) => /** @type {Colour} */ (a.map((v, i) => v * share + b[i] * (1 - share)));

const base = sheet('base');
const LIGHT = blocks(base, ':root')[0];
const THEMES = {
  light: { vars: LIGHT, least: 4.5 },
  dark: { vars: { ...LIGHT, ...blocks(base, ':root[data-theme="dark"]')[0] }, least: 4.5 },
  projector: { vars: { ...LIGHT, ...blocks(sheet('present'), ':root[data-theme="projector"]')[0] }, least: 7 },
};
const HUES = [...Array.from({ length: 16 }, (_, i) => `p${i + 1}`), 'store'];

for (const [name, { vars, least }] of Object.entries(THEMES)) {
  test(`${name}: whatever is written can be read`, () => {
    /** @param {string} of */
    const colour = (of) => rgb(vars[of]);
    const card = colour('card');
    const tint = parseFloat(vars.tint) / 100;
    /** @type {[string, Colour][]} */
    const grounds = [['paper', colour('paper')], ['card', card], ...HUES.map((h) => /** @type {[string, Colour]} */ ([`the tint of ${h}`, mix(colour(h), tint, card)]))];
    const low = [];
    for (const ink of [...HUES, 'ink', 'muted', 'hit', 'miss', 'gone', 'focus']) {
      for (const [ground, on] of grounds) {
        // A hue stands on its own tint; what is common to all stands on each.
        if (ground.startsWith('the tint') && (HUES.includes(ink) || ink === 'gone' || ink === 'focus') && ground !== `the tint of ${ink}`) continue;
        const ratio = contrast(colour(ink), on);
        if (ratio < least) low.push(`${ink} on ${ground}: ${ratio.toFixed(2)}`);
      }
    }
    assert.deepEqual(low, []);
  });

  test(`${name}: a line can be told from its ground`, () => {
    if (name !== 'projector') return; // elsewhere hairlines only calm; nothing depends on them
    for (const line of ['hair', 'wire']) assert.ok(contrast(rgb(vars[line]), rgb(vars.paper)) >= 3, line);
  });
}

test('the two ways to be dark are the same', () => {
  const [chosen] = blocks(base, ':root[data-theme="dark"]');
  const [system] = blocks(base, ':root:not([data-theme="light"])').concat(blocks(base, ':root:not([data-theme])'));
  assert.deepEqual(system, chosen);
});

/** How different two colours look (OKLab). @param {Colour} a @param {Colour} b */
function difference(a, b) {
  const [one, other] = [a, b].map((c) => {
    const [r, g, b] = c.map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
    const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
    const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
    return [0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s, 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s, 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s];
  });
  return Math.hypot(...one.map((v, i) => v - other[i]));
}

for (const name of /** @type {const} */ (['light', 'dark'])) {
  test(`${name}: a failure does not look like a process or the store`, () => {
    const { vars } = THEMES[name];
    for (const hue of ['p1', 'p2', 'p3', 'p4', 'store', 'hit']) {
      const d = difference(rgb(vars.miss), rgb(vars[hue]));
      assert.ok(d >= 0.085, `miss and ${hue}: ${d.toFixed(3)}`);
    }
  });
}
