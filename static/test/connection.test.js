import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { Connection } from '../js/wire/connection.js';

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
const pace = { type: 'pace', now: 0, playing: true, speed: 1, ended: false };
/** @type {any} */
const world = globalThis;

beforeEach(() => {
  mock.timers.enable({ apis: ['setTimeout', 'setInterval'] });
  FakeSocket.all = [];
  world.WebSocket = FakeSocket;
  world.fetch = async () => ({ ok: true });
});

const { setInterval: interval } = world;

afterEach(() => {
  mock.timers.reset();
  world.setInterval = interval;
});

function connect() {
  /** @type {string[]} */
  const conditions = [];
  /** @type {any[]} */
  const messages = [];
  const connection = new Connection({
    address: () => 'ws://here/ws?mode=store',
    where: () => ({ at: 7, playing: true, speed: 1 }),
    onMessage: (m) => messages.push(m),
    onCondition: (c, doubt) => conditions.push(doubt ? `${c}?` : c),
  });
  connection.open();
  return { connection, conditions, messages };
}

/** The newest socket. */
const socket = () => FakeSocket.all[FakeSocket.all.length - 1];

/** A connection that has its first picture. */
function open() {
  const all = connect();
  socket().accept();
  socket().say(welcome);
  socket().say(pace);
  return all;
}

/** A second in which the server is heard. */
function beat() {
  mock.timers.tick(1000);
  socket().say({ type: 'beat' });
}

/** What was sent on the newest socket after the first message. */
const orders = () => socket().sent.slice(1);

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

test('who is heard each second is there, also where nothing happens', () => {
  const { conditions, messages } = open();
  for (let i = 0; i < 100; i++) beat();
  assert.deepEqual(conditions, ['open']);
  assert.equal(messages.length, 2); // nobody else needs to know of beats
  assert.equal(FakeSocket.all.length, 1);
});

test('after 2.5 s without a word the server is silent, and open with the next', () => {
  const { conditions } = open();
  mock.timers.tick(2499);
  assert.deepEqual(conditions, ['open']);
  mock.timers.tick(1);
  assert.deepEqual(conditions, ['open', 'silent']);
  mock.timers.tick(4000);
  socket().say({ type: 'beat' });
  assert.deepEqual(conditions, ['open', 'silent', 'open']);
  assert.equal(FakeSocket.all.length, 1);
});

test('after 8 s the socket is given up for a new one, without waiting for the old one to close', () => {
  const { conditions } = open();
  const old = socket();
  old.close = () => { old.readyState = 2; }; // its closing handshake goes nowhere
  mock.timers.tick(8000);
  assert.equal(old.readyState, 2);
  assert.deepEqual(conditions, ['open', 'silent', 'lost']);
  mock.timers.tick(400);
  assert.equal(FakeSocket.all.length, 2);
  old.say({ type: 'beat' }); // late, and of no meaning
  assert.deepEqual(conditions, ['open', 'silent', 'lost']);
  socket().accept();
  socket().say(welcome);
  assert.deepEqual(conditions, ['open', 'silent', 'lost', 'open']);
});

test('a network that is back is tried at once', () => {
  const { connection } = open();
  mock.timers.tick(3000);
  connection.hurry();
  assert.equal(FakeSocket.all.length, 2);
});

test('a large picture on a slow line is waited for', () => {
  const { conditions } = connect();
  socket().accept();
  socket().say(welcome);
  mock.timers.tick(29_000);
  assert.equal(FakeSocket.all.length, 1);
  socket().say({ type: 'snapshot' });
  assert.deepEqual(conditions, ['open']);
  mock.timers.tick(8000);
  assert.deepEqual(conditions, ['open', 'silent', 'lost']);
});

test('whatever the rhythm of its words, a server is silent when it was not heard for 2.5 s, and only then', () => {
  for (let seed = 1; seed <= 200; seed++) {
    mock.timers.reset();
    mock.timers.enable({ apis: ['setTimeout', 'setInterval'] });
    FakeSocket.all = [];
    const { conditions } = open();
    let n = seed;
    for (let i = 0; i < 30; i++) {
      n = (n * 48_271) % 2_147_483_647;
      const gap = n % 7400;
      const before = conditions.length;
      mock.timers.tick(gap);
      const silent = conditions.slice(before).includes('silent');
      // The looks are half a second apart, and a word does not wait for one.
      if (gap <= 2000) assert.equal(silent, false, `seed ${seed}: silent after ${gap} ms`);
      if (gap >= 2500) assert.equal(silent, true, `seed ${seed}: not silent after ${gap} ms`);
      socket().say(n % 2 ? { type: 'beat' } : pace);
      assert.equal(conditions.at(-1), 'open');
    }
    assert.equal(FakeSocket.all.length, 1);
  }
});

test('a page that slept does not take that for silence of the server', () => {
  /** @type {(() => void)[]} */
  const looks = [];
  world.setInterval = (/** @type {() => void} */ look) => looks.push(look); // a browser that wakes up calls it once
  const { conditions } = open();
  for (let hour = 0; hour < 20; hour++) {
    looks[0](); // before what came meanwhile
    socket().say({ type: 'beat' });
  }
  assert.deepEqual(conditions, ['open']);
  for (let i = 0; i < 5; i++) looks[0](); // it listens, and hears nothing
  assert.deepEqual(conditions, ['open', 'silent']);
});

test('what is asked for in the silence is done when the server is back, in order and once', () => {
  const { connection } = open();
  mock.timers.tick(3000);
  assert.equal(connection.post('crash 1'), true);
  assert.equal(connection.send('away'), false);
  assert.deepEqual(orders(), []);
  mock.timers.tick(5000); // given up
  mock.timers.tick(400);
  assert.equal(connection.post('restart 1'), true);
  assert.equal(FakeSocket.all.length, 2);
  socket().accept();
  assert.deepEqual(orders(), []);
  socket().say(welcome);
  assert.deepEqual(orders(), ['crash 1', 'restart 1']);
  socket().say(pace);
  socket().say({ type: 'beat' });
  assert.deepEqual(orders(), ['crash 1', 'restart 1']);
});

test('what was kept for a run is not done in another', () => {
  const { connection } = open();
  mock.timers.tick(3000);
  connection.post('crash 1');
  connection.open();
  socket().accept();
  socket().say(welcome);
  assert.deepEqual(orders(), []);
});

test('who asks for more than can be kept, or of a server that has refused, is told', () => {
  const { connection } = open();
  mock.timers.tick(3000);
  for (let i = 0; i < 32; i++) assert.equal(connection.post('step'), true);
  assert.equal(connection.post('step'), false);
  const { connection: other } = open();
  socket().say({ type: 'error', code: 'too-much', key: '', text: 'No.' });
  socket().fail();
  assert.equal(other.post('step'), false);
});

test('an order that may have been lost with its socket is in doubt, and no other is', () => {
  for (const [wait, want] of /** @type {[number, string][]} */ ([[0, 'open?'], [400, 'open?'], [1500, 'open']])) {
    const { connection, conditions } = open();
    connection.post('crash 1');
    if (wait) mock.timers.tick(wait);
    if (wait) socket().say({ type: 'beat' }); // it may have been on its way already
    socket().fail();
    mock.timers.tick(400);
    socket().accept();
    socket().say(welcome);
    assert.deepEqual(conditions, ['open', 'lost', want], `a word after ${wait} ms`);
    socket().fail();
    mock.timers.tick(400);
    socket().accept();
    socket().say(welcome);
    assert.equal(conditions.at(-1), 'open'); // it is said once
  }
});
