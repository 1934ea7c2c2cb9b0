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
