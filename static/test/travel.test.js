import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Past } from '../js/history/history.js';
import { create } from '../js/run/model.js';
import { Travel } from '../js/travel/travel.js';

Object.assign(globalThis, {
  document: { documentElement: { dataset: {} }, querySelector: () => null, addEventListener: () => {} },
  location: { hash: '', pathname: '/', search: '' }, history: { replaceState: () => {} },
});

/** @param {string} visitor @param {number} ms */
const login = (visitor, ms) => ({ kind: 'request.done', ts: ms * 1000, visitor, op: 'login', status: 200 });

/** A traveller in the present of a run that stands still. @param {number} shown ms @param {number} [seq] the event that is shown, of five */
function standing(shown, seq = 5) {
  const past = new Past(create());
  const events = [login('Ada', 1000), login('Grace', 2000), { kind: 'core.idle', ts: 2_500_000 }, login('Linus', 3000), { kind: 'core.idle', ts: 3_000_000 }];
  past.append(events.map((e, i) => ({ seq: i + 1, ...e })));
  const world = Object.assign(new EventTarget(), { past, state: { seq } });
  const room = {
    world, clock: { reached: shown * 1000, shown: shown * 1000 }, wanted: { pace: { playing: false, speed: 1 } }, link: { query: '', shared: '', later: () => [] }, send: () => true,
  };
  return new Travel(/** @type {any} */ (room));
}

test('one step back leaves the event that is shown already', () => {
  const travel = standing(3000); // a step forward ended at what Linus did
  travel.step(-1);
  assert.equal(travel.place?.seq, 2);
  travel.step(-1);
  assert.equal(travel.place?.seq, 1);
});

test('a step on from the present leads to no past, and a step back does', () => {
  const travel = standing(1000, 1); // the server is further than the picture
  travel.step(1);
  assert.deepEqual([travel.place?.seq, travel.front], [2, true]);
  travel.step(1, 'event');
  assert.deepEqual([travel.place?.seq, travel.front], [3, true]);
  travel.step(-1);
  assert.deepEqual([travel.place?.seq, travel.front], [2, false], 'of this more was seen');
  travel.step(1, 'event');
  assert.deepEqual([travel.place?.seq, travel.front], [3, true], 'back where nobody has seen more');
  travel.to(1_000_000);
  assert.equal(travel.front, false);
  travel.now();
  travel.step(-1);
  assert.equal(travel.front, false);
});

test('from between two events one step back leads to the one before', () => {
  const travel = standing(3400);
  travel.step(-1);
  assert.equal(travel.place?.seq, 4);
  travel.to(2_000_000);
  travel.step(-1);
  assert.equal(travel.place?.seq, 1);
});

test('a step back by one event takes each, whatever its moment', () => {
  const travel = standing(3000);
  travel.step(-1, 'event');
  assert.equal(travel.place?.seq, 4);
});

/** A traveller in a run, and what it tells of futures. @param {string} query its link */
function acted(query) {
  /** @type {string[]} */
  const told = [];
  const link = { query, shared: '', later: () => [] };
  const room = {
    world: Object.assign(new EventTarget(), { past: undefined, state: { seq: 9 }, take: () => {} }), clock: { reached: 9_000_000, shown: 9_000_000 }, wanted: { pace: { playing: true, speed: 1 } }, link, send: () => true,
    reopen: (/** @type {string} */ to) => { link.query = to; },
  };
  const travel = new Travel(/** @type {any} */ (room));
  for (const name of ['other', 'nothing']) travel.addEventListener(name, (event) => told.push(`${name} ${/** @type {CustomEvent} */ (event).detail}`));
  return { travel, told, link };
}

test('what was done is taken back, one after the other, and then nothing is left', () => {
  const { travel, told, link } = acted('do=2s crash 1;5s set mode=store');
  for (let i = 0; i < 4; i++) travel.undo();
  assert.deepEqual(told, ['other set mode=store', 'other crash 1', 'nothing travel.undo.nothing', 'nothing travel.undo.nothing']);
  assert.equal(link.query, '');
  assert.equal(travel.undoes, false);

  travel.bringBack();
  assert.match(link.query, /crash/);
  travel.undo();
  assert.equal(link.query, '', 'what was brought back is taken back again as any');
});

test('whoever began again takes that back, once', () => {
  const { travel, told, link } = acted('workers=3');
  travel.order({ time: 'reset' });
  link.query = '';
  travel.renew(false);
  assert.equal(travel.undoes, true);
  travel.undo();
  assert.equal(link.query, 'workers=3');
  travel.undo();
  assert.deepEqual(told, ['other ', 'nothing travel.undo.nothing']);
});

test('what was never left cannot be had back', () => {
  const { travel, told } = acted('');
  travel.bringBack();
  assert.deepEqual(told, ['nothing travel.bring.nothing']);
});
