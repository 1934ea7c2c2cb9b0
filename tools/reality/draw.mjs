// Draws scenarios at random with faults in them: node draw.mjs COUNT [SEED]
// gives one a line, for measure.mjs.

const [count = '10', seed = '1'] = process.argv.slice(2);

/** Numbers from 0 to 1 that a seed decides (mulberry32). @param {number} state */
function numbers(state) {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let x = Math.imul(state ^ (state >>> 15), 1 | state);
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32;
  };
}

const random = numbers(Number(seed));
/** @template T @param {T[]} list @returns {T} */
const one = (list) => list[Math.floor(random() * list.length)];
/** @param {number} share */
const chance = (share) => random() < share;

/** So long (ms) a slow cart takes: longer than a reload of all, and shorter than pm2's patience with a process that was told to end. */
const CART = 900;

/** So long (ms) after a request something ends: a slow cart is under way. */
const SOON = 60;

/** So long (ms) after a fault a request finds what is left; of pm2's restart of all, nothing but the first is gone yet. */
const MEANWHILE = 90;

/** So long (ms) after one another come those who find what is left. */
const CLOSE = 12;

/** So many are they at most. */
const MOST = 3;

/** So long (ms) after a crash comes another one, before anybody is back. */
const TWICE = 140;

/** So long (ms) after a fault everybody is there again. measure.mjs waits until it is so. */
const LATER = 800;

/** The same after a slow cart, which is over then, and where those under way are finished first. */
const LATER_SLOW = CART + 300;
const LATER_GRACEFUL = CART + 800;

/** So long (ms) the store is away. */
const AWAY = 200;

for (let i = 0; i < Number(count); i++) {
  const mode = one(['local', 'store']);
  const workers = one([2, 2, 3, 4]);
  const names = one([['Ada'], ['Ada', 'Bob']]);
  const slow = chance(0.6);
  const faults = ['crash', 'crash', 'restart one', 'restart', 'reload', ...(mode === 'store' ? ['store', 'store'] : [])];
  const done = [];
  const any = () => one(['visit', 'visit', 'visit', 'cart', 'cart', 'login', 'logout']);
  /** Slow carts are for faults. */
  const quick = () => one(['visit', 'visit', 'visit', ...(slow ? [] : ['cart', 'cart']), 'login', 'logout']);
  const graceful = chance(0.3);
  const late = !slow ? LATER : graceful ? LATER_GRACEFUL : LATER_SLOW;
  let at = 100;
  const requests = 6 + Math.floor(random() * 6);
  for (let n = 0; n < requests;) {
    const met = n >= names.length && chance(0.35);
    const fault = one(faults);
    // Whether a slow cart is over when a reload comes to its process is a matter of how fast processes start.
    const ops = fault === 'reload' && !graceful ? quick : any;
    done.push(`${at}ms ${n < names.length ? 'login' : met ? ops() : quick()} ${names[n++ % names.length]}`);
    if (!met) {
      at += SOON;
      continue;
    }
    // A second one that is under way.
    if (chance(0.3)) done.push(`${at + SOON / 2}ms ${ops()} ${names[n++ % names.length]}`);
    at += SOON;
    const worker = 1 + Math.floor(random() * workers);
    const text = { crash: `crash ${worker}`, 'restart one': `restart ${worker}`, store: 'store down' }[fault] ?? fault;
    done.push(`${at}ms ${text}`);
    if (fault === 'store') {
      // Who answers first when the store is back is a matter of chance: one at a time.
      if (chance(0.5)) done.push(`${at + MEANWHILE}ms ${ops()} ${names[n++ % names.length]}`);
      done.push(`${at + AWAY}ms store up`);
    } else {
      // After a second crash nobody asks: whether the first one is back then is a matter of how fast processes start.
      if (fault === 'crash' && chance(0.3)) {
        at += TWICE;
        done.push(`${at}ms crash ${1 + (worker % workers)}`);
      } else {
        for (let k = 0; k < MOST && chance(0.6); k++) {
          done.push(`${at + MEANWHILE + k * CLOSE}ms ${ops()} ${names[n++ % names.length]}`);
        }
      }
    }
    at += late;
    // Somebody sees what became of it.
    done.push(`${at}ms visit ${names[n++ % names.length]}`);
    at += SOON;
  }
  const flags = ['save-uninitialized', 'resave', 'rolling', 'views', 'clear-cookie', 'regenerate'].map((key) => `${key}=${chance(0.25)}`);
  console.log([`mode=${mode}`, `workers=${workers}`, 'balancer=round-robin', 'connection=per-request', `visitors=${names.join(',')}`, 'costs=measured', 'traffic=none',
    `cart-delay=${slow ? CART : 0}ms`, `graceful=${graceful}`, ...flags, `do=${done.join('; ')}`].join('&'));
}
