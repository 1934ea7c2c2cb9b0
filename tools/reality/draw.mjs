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

/** A request each so many ms: what comes between is over by then, or is meant not to be. */
const BEAT = 400;

/** After a fault: soon, while somebody is missing, or when all are there again. */
const LATER = [1, 1, 4, 5];

for (let i = 0; i < Number(count); i++) {
  const mode = one(['local', 'store']);
  const workers = one([2, 2, 3, 4]);
  const names = one([['Ada'], ['Ada', 'Bob']]);
  const faults = mode === 'store' ? ['crash', 'crash', 'restart one', 'restart', 'reload', 'store'] : ['crash', 'crash', 'restart one', 'restart', 'reload'];
  const done = [];
  let at = 100;
  let down = false;
  const requests = 8 + Math.floor(random() * 8);
  for (let n = 0; n < requests; n++) {
    const op = n < names.length ? 'login' : one(['visit', 'visit', 'visit', 'cart', 'login', 'logout']);
    done.push(`${at}ms ${op} ${names[n % names.length]}`);
    if (n >= names.length && chance(0.3)) {
      const fault = one(faults);
      // A little after the request: a cart is still under way then.
      const when = at + 100;
      if (fault === 'store') {
        if (down) continue;
        done.push(`${when}ms store down`, `${when + 3 * BEAT}ms store up`);
        down = true;
        at += 8 * BEAT; // also the client needs a while to come back
        continue;
      }
      done.push(`${when}ms ${fault === 'crash' || fault === 'restart one' ? `${fault.split(' ')[0]} ${1 + Math.floor(random() * workers)}` : fault}`);
      at += one(LATER) * BEAT + (fault === 'reload' ? workers * 2 * BEAT : 0);
    }
    at += BEAT;
  }
  const flags = ['save-uninitialized', 'resave', 'rolling', 'views', 'clear-cookie', 'regenerate'].map((key) => `${key}=${chance(0.25)}`);
  console.log([`mode=${mode}`, `workers=${workers}`, 'balancer=round-robin', 'connection=per-request', `visitors=${names.join(',')}`, 'costs=measured', 'traffic=none',
    `cart-delay=${one(['0s', '250ms'])}`, `graceful=${chance(0.3)}`, ...flags, `do=${done.join('; ')}`].join('&'));
}
