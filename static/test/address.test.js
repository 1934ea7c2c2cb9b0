import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linkOf, runIn, split } from '../js/address/address.js';
import { LONGEST } from '../js/address/url.js';
import { Given } from '../js/room/given.js';
import { format, parse, parseCommands } from '../js/address/url.js';

/** A run with so many commands. @param {number} n */
const run = (n) => format(new Map([['mode', 'store'], ['visitors', 'Ada,Grace']]), Array.from({ length: n }, (_, i) => ({ at: 1e6 * (i + 1) + 1, text: 'set balancer=least-connections' })));

test('a short run stands before the #, as it always has', () => {
  const query = run(20);
  assert.ok(query.length <= LONGEST);
  assert.deepEqual(split(query), { sent: query, kept: '' });
  assert.equal(linkOf(query, '?lang=ko', '/', '#t=5s'), `/?lang=ko&${query}#t=5s`);
  assert.equal(runIn(`?lang=ko&${query}`, '#t=5s'), query);
});

test('a long run keeps its commands behind the #, which is not sent', () => {
  const query = run(1000);
  const { sent, kept } = split(query);
  assert.equal(sent, 'mode=store&visitors=Ada,Grace');
  assert.equal(parseCommands(kept).length, 1000);
  assert.ok(kept.length <= 64 << 10);
  const url = new URL(linkOf(query, '?lang=ko', '/', '#t=5s&with=mode%3Dlocal'), 'http://here');
  assert.equal(url.search, '?lang=ko&mode=store&visitors=Ada,Grace');
  assert.match(url.hash, /t=5s&with=mode%3Dlocal$/);
  const back = parse(runIn(url.search, url.hash));
  assert.deepEqual([...back.keys()], ['mode', 'visitors', 'do']);
  assert.deepEqual(parseCommands(back.get('do') ?? ''), parseCommands(kept));
});

test('a run that is short again takes its commands back before the #', () => {
  const long = new URL(linkOf(run(1000), '', '/', '#t=5s'), 'http://here');
  const short = run(3);
  assert.equal(linkOf(short, long.search, '/', long.hash), `/?${short}#t=5s`);
});

/** @param {any} part @returns {any} */
const picture = (part) => ({ type: 'snapshot', scenario: 'mode=store', position: 0, done: [], state: {}, ...part });

test('a picture gets the commands that the page has', () => {
  const given = new Given();
  given.begin('1s crash 1; 9s store down');
  const message = picture({ position: 2, done: [1] });
  given.fill(message);
  assert.deepEqual(message.state.commands, [{ at: 1e6, text: 'crash 1' }]);
  assert.equal(parse(message.scenario).get('do'), '1s crash 1; 9s store down');
  assert.equal(parse(message.scenario).get('mode'), 'store');
});

test('what others gave is learned by its event, or told before a picture', () => {
  const given = new Given();
  given.begin('9s store down');
  given.learn({ at: 2e6, text: 'crash 2' });
  given.learn({ at: 2e6, text: 'crash 2' });
  assert.equal(given.list, '2s crash 2; 9s store down');
  given.hear({ type: 'given', from: 1, do: '3s crash 1; 4s restart' });
  const message = picture({ position: 3, done: [2, 3] });
  given.fill(message);
  assert.deepEqual(message.state.commands.map((/** @type {any} */ c) => c.text), ['crash 1', 'restart']);
});

test('after a cut the rest is forgotten', () => {
  const given = new Given();
  given.begin('1s crash 1; 9s store down');
  const message = picture({ position: 0, scenario: '' });
  given.fill(message);
  assert.equal(message.scenario, '');
  assert.deepEqual(message.state.commands, []);
});
