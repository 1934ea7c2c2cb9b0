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

/** A traveller in the present of a run that stands still. @param {number} shown ms */
function standing(shown) {
  const past = new Past(create());
  const events = [login('Ada', 1000), login('Grace', 2000), { kind: 'core.idle', ts: 2_500_000 }, login('Linus', 3000), { kind: 'core.idle', ts: 3_000_000 }];
  past.append(events.map((e, i) => ({ seq: i + 1, ...e })));
  const world = Object.assign(new EventTarget(), { past, state: { seq: 5 } });
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
