import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { Connection } from '../js/connection.js';

/** A socket that does what the test says. */
class FakeSocket extends EventTarget {
  static OPEN = 1;
  /** @type {FakeSocket[]} */
  static all = [];
  readyState = 0;
  /** @type {string[]} */
  sent = [];

  /** @param {string} address */
  constructor(address) {
    super();
    this.address = address;
    FakeSocket.all.push(this);
  }

  /** @param {string} text */
  send(text) { this.sent.push(text); }

  close() { this.fail(); }

  accept() {
    this.readyState = 1;
    this.dispatchEvent(new Event('open'));
  }

  /** @param {any} message */
  say(message) { this.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(message) })); }

  fail() {
    if (this.readyState === 3) return;
    this.readyState = 3;
    this.dispatchEvent(new Event('close'));
  }
}

const welcome = { type: 'welcome', room: 'r', epoch: 1, v: 1, schema: { fields: [], kinds: [] }, speeds: [1], storeAddr: '' };
/** @type {any} */
const world = globalThis;

beforeEach(() => {
  mock.timers.enable({ apis: ['setTimeout'] });
  FakeSocket.all = [];
  world.WebSocket = FakeSocket;
  world.fetch = async () => ({ ok: true });
});

afterEach(() => mock.timers.reset());

function connect() {
  /** @type {string[]} */
  const conditions = [];
  /** @type {any[]} */
  const messages = [];
  const connection = new Connection({
    address: () => 'ws://here/ws?mode=store',
    where: () => ({ at: 7, playing: true, speed: 1 }),
    onMessage: (m) => messages.push(m),
    onCondition: (c) => conditions.push(c),
  });
  connection.open();
  return { connection, conditions, messages };
}

/** The newest socket. */
const socket = () => FakeSocket.all[FakeSocket.all.length - 1];

/** Lets promises go on. */
const settle = async () => { for (let i = 0; i < 5; i++) await Promise.resolve(); };

test('says where it was as soon as the socket is open, and is open when it is welcome', () => {
  const { connection, conditions, messages } = connect();
  assert.equal(socket().address, 'ws://here/ws?mode=store');
  assert.equal(connection.send('x'), false);
  socket().accept();
  assert.deepEqual(socket().sent.map((t) => JSON.parse(t)), [{ type: 'open', at: 7, playing: true, speed: 1 }]);
  assert.deepEqual(conditions, []);
  socket().say(welcome);
  socket().say({ type: 'poem' });
  assert.deepEqual(conditions, ['open']);
  assert.equal(messages.length, 1);
  assert.equal(connection.send('x'), true);
});

test('a connection that breaks is tried again, with longer pauses', () => {
  const { conditions } = connect();
  socket().accept();
  socket().say(welcome);
  socket().fail();
  assert.deepEqual(conditions, ['open', 'lost']);
  for (let i = 0; i < 6; i++) {
    const before = FakeSocket.all.length;
    mock.timers.tick(5000);
    assert.equal(FakeSocket.all.length, before + 1);
    socket().fail();
  }
  mock.timers.tick(5000);
  socket().accept();
  socket().say(welcome);
  assert.deepEqual(conditions, ['open', 'lost', 'open']);
});

test('where pages get through and sockets do not, something blocks them', async () => {
  const { conditions } = connect();
  socket().fail();
  mock.timers.tick(5000);
  socket().fail();
  await settle();
  assert.deepEqual(conditions, ['blocked']);
});

test('where nothing gets through, the server is away', async () => {
  world.fetch = async () => { throw new Error('no network'); };
  const { conditions } = connect();
  socket().fail();
  mock.timers.tick(5000);
  socket().fail();
  await settle();
  assert.deepEqual(conditions, ['lost']);
});

test('a socket that opens and says nothing is given up', () => {
  connect();
  socket().accept();
  mock.timers.tick(8000);
  assert.equal(FakeSocket.all[0].readyState, 3);
});

test('what the server refuses for good is not tried again', () => {
  const { conditions, messages } = connect();
  socket().accept();
  socket().say({ type: 'error', code: 'bad-scenario', key: 'mode', text: 'No.' });
  socket().fail();
  mock.timers.tick(60_000);
  assert.deepEqual(conditions, ['refused']);
  assert.equal(messages.length, 1);
  assert.equal(FakeSocket.all.length, 1);
});

test('who asked for too much is not let in again by itself, and who was too slow is', () => {
  for (const [code, condition] of [['too-much', 'refused'], ['too-slow', 'lost']]) {
    const { conditions } = connect();
    socket().accept();
    socket().say(welcome);
    socket().say({ type: 'error', code, key: '', text: 'No.' });
    socket().fail();
    assert.deepEqual(conditions, ['open', condition]);
  }
});

test('a server that has no room is tried again, and nothing is said to block', async () => {
  const { conditions } = connect();
  for (let i = 0; i < 3; i++) {
    socket().accept();
    socket().say({ type: 'error', code: 'rooms-full', key: '', text: 'Full.' });
    socket().fail();
    await settle();
    mock.timers.tick(5000);
  }
  assert.deepEqual(conditions, ['lost']);
  assert.equal(FakeSocket.all.length, 4);
});

test('closed is closed', () => {
  const { connection } = connect();
  connection.close();
  mock.timers.tick(60_000);
  assert.equal(FakeSocket.all.length, 1);
});
