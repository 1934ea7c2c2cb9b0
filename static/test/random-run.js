// Runs drawn by lot, for the tests of what keeps and counts events. They are
// wilder than the simulator's: any event of any kind may come at any time.

const NAMES = ['Ada', 'Grace', 'Linus', 'Zoë', "O'Neil", '김철수'];
const OPS = ['login', 'visit', 'cart', 'report', 'logout', 'count', 'chat', 'transfer', 'poll'];

/** A generator of numbers from 0 up to, not including, n (mulberry32). @param {number} seed */
export function dice(seed) {
  let a = seed >>> 0;
  return (/** @type {number} */ n) => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), a | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * n);
  };
}

/**
 * @param {number} seed @param {number} count how many events @param {number} [after] the position they follow
 * @returns {import('../js/run/model.js').Event[]}
 */
export function randomRun(seed, count, after = 0) {
  const roll = dice(seed);
  /** @template T @param {T[]} list */
  const pick = (list) => list[roll(list.length)];
  let ts = 0;
  let req = 0;
  const events = [];
  for (let seq = after + 1; seq <= after + count; seq++) {
    ts += roll(3) ? 0 : roll(40_000); // many things happen at one moment
    const pid = 1 + roll(4);
    const mem = pick([100 + pid, 200 + pid, 100 + pid, -1, -2]);
    const sid = `${roll(60).toString(16)}f3a`;
    const visitor = pick(NAMES);
    const at = { req: Math.max(1, req - roll(6)), visitor, pid, tid: 1 + roll(3), mem };
    const until = ts + roll(90_000_000);
    /** @type {any} */
    const what = pick([
      () => ({ kind: 'visitor.joined', visitor, text: `10.0.0.${roll(9)}` }),
      () => ({ kind: 'visitor.left', visitor }),
      () => ({ kind: 'worker.starting', pid, mem: 100 * (1 + roll(3)) + pid, threads: 1 + roll(4), until }),
      () => ({ kind: 'worker.listening', pid, mem }),
      () => ({ kind: 'worker.crashed', pid, mem, why: 'crash', ...(roll(2) ? { until } : {}) }),
      () => ({ kind: 'conn.opened', conn: roll(30), visitor }),
      () => ({ kind: 'conn.accepted', conn: roll(30), pid }),
      () => ({ kind: 'conn.closed', conn: roll(30), why: 'idle' }),
      () => ({ kind: 'request.sent', req: ++req, visitor, op: pick(OPS), conn: roll(30), sid, made: mem, until }),
      () => ({ kind: 'request.routed', ...at, until }),
      () => ({ kind: 'request.started', ...at }),
      () => ({ kind: 'request.answered', ...at, op: pick(OPS), status: pick([200, 401, 500]), sid, made: mem, session: 'hit', until }),
      () => ({ kind: 'request.done', ...at, op: pick(OPS), status: pick([0, 200, 200, 401, 503]), session: pick(['hit', 'miss', 'none']), cookie: pick(['', 'set', 'clear']), sid, made: mem, dur: roll(9e6), chance: roll(2) }),
      () => ({ kind: 'session.read', ...at, sid, session: pick(['hit', 'miss']) }),
      () => ({ kind: 'session.saved', ...at, sid, text: `{"user":"${visitor}","cart":${roll(3)}}`, until }),
      () => ({ kind: 'session.touched', ...at, sid, until }),
      () => ({ kind: 'session.destroyed', ...at, sid }),
      () => ({ kind: 'store.executed', ...at, text: `"GET" "sess:${sid}"`, until }),
      () => ({ kind: 'store.down' }), () => ({ kind: 'store.up' }),
      () => ({ kind: 'lock.waited', ...at, text: pick(['a', 'b']) }),
      () => ({ kind: 'lock.acquired', ...at, text: pick(['a', 'b']), dur: roll(500) }),
      () => ({ kind: 'lock.released', ...at, text: pick(['a', 'b']) }),
      () => ({ kind: 'lock.deadlocked', ...at, text: 'a' }),
      () => ({ kind: 'thread.ready', pid, tid: 1 + roll(3), mem }),
      () => ({ kind: 'core.switch', core: 1 + roll(2), pid, tid: 1 + roll(3), mem, until }),
      () => ({ kind: 'core.idle', core: 1 + roll(2) }),
      () => ({ kind: 'counter.counted', ...at, count: roll(900) }),
      () => ({ kind: 'update.lost', ...at, text: '{}' }),
      () => ({ kind: 'socket.opened', visitor, pid }),
      () => ({ kind: 'chat.missed', visitor, pid }),
      () => ({ kind: 'command.applied', text: `visit ${visitor}` }),
      () => ({ kind: 'scenario.set', text: `mode=${pick(['local', 'store', 'threads'])}` }),
      () => ({ kind: 'moon.rose', note: '' }),
    ])();
    events.push({ seq, ts, ...what });
  }
  return events;
}
