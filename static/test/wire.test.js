import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fromSnapshot, toSnapshot } from '../js/run/model.js';
import { decode, EventReader, say } from '../js/wire/wire.js';

const folder = new URL('../../server/wire/testdata/', import.meta.url);

/** @param {string} name @returns {any} */
const golden = (name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
const all = readdirSync(folder).filter((name) => name.endsWith('.json')).map((name) => ({ name, ...golden(name) }));

test('every message of the server is understood', () => {
  const ours = all.filter((g) => g.from === 'server');
  assert.ok(ours.length >= 6);
  for (const g of ours) assert.deepEqual(decode(JSON.stringify(g.message)), g.message, g.name);
});

test('a message of an unknown type is passed over', () => {
  assert.equal(decode('{"type":"poem"}'), undefined);
  assert.equal(decode('null'), undefined);
});

test('what the page says is what the server reads', () => {
  /** @type {Record<string, any>} */
  const speak = say;
  for (const g of all.filter((x) => x.from === 'client')) {
    const { type, ...rest } = g.message;
    const values = Object.values(rest);
    const text = type === 'open' ? speak.open(rest) : speak[type](...values);
    assert.deepEqual(JSON.parse(text), g.message, g.name);
  }
});

test('a frame becomes the events that it says', () => {
  const frame = golden('frame.json');
  const reader = new EventReader(golden('welcome.json').message.schema, frame.texts);
  assert.deepEqual(reader.read(frame.message), frame.decoded);
});

test('the reader follows the table of texts from frame to frame', () => {
  const reader = new EventReader({ fields: [{ name: 'text', text: true }], kinds: [null, { name: 'run.started', fields: [0] }] });
  const first = reader.read({ type: 'frame', epoch: 1, seq: 1, now: 5, ids: [7], texts: ['one'], events: [1, 5, 7] });
  const second = reader.read({ type: 'frame', epoch: 1, seq: 3, now: 9, ids: [2], texts: ['two'], events: [1, 7, 2, 1, 1, 7] });
  assert.deepEqual([...first, ...second].map((e) => [e.seq, e.ts, e.text]), [[1, 5, 'one'], [2, 7, 'two'], [3, 8, 'one']]);
});

test('a broken frame is an error, not a picture', () => {
  const schema = { fields: [{ name: 'req' }, { name: 'text', text: true }], kinds: [null, { name: 'a.b', fields: [0] }, { name: 'a.c', fields: [1] }] };
  /** @param {any} part */
  const read = (part) => () => new EventReader(schema).read({ type: 'frame', epoch: 1, seq: 1, now: 1, ids: [], texts: [], events: [], ...part });
  assert.throws(read({ events: [2, 1, 4] }), /text 4/);
  assert.throws(read({ events: [9, 1, 1] }), /unknown kind 9/);
  assert.throws(read({ events: [1, 1] }), /within an event/);
});

test('the golden snapshot is a picture', () => {
  const { state } = golden('snapshot.json').message;
  assert.deepEqual(toSnapshot(fromSnapshot(state)), state);
});
