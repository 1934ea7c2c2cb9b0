// The keys of the grammar as people look for them: in groups, the rare ones
// folded away; which of them differ from the default, and which mean nothing in
// the present set-up. Pure.

/** @typedef {import('./about.js').Key} Key */
/** @typedef {{name: string, keys: Key[], rare: Key[]}} Group */

/** Keys that the drawer does not offer: what was done, and the version of the link. */
const ELSEWHERE = new Set(['do', 'v']);

/** @type {{name: string, keys: string[], rare: string[]}[]} */
const GROUPS = [
  { name: 'traffic', keys: ['visitors', 'think', 'jitter', 'relogin'], rare: ['traffic', 'script', 'handlers', 'turns', 'seed'] },
  { name: 'balancer', keys: ['balancer', 'connection', 'addresses'], rare: ['weights'] },
  { name: 'sessions', keys: ['mode', 'save-uninitialized', 'rolling', 'max-age'], rare: ['regenerate', 'login', 'save-first', 'save-delay', 'cookies', 'resave', 'cookie-secure', 'views', 'clear-cookie', 'secret', 'session-lock', 'cart-delay'] },
  { name: 'store', keys: ['store-kind', 'store-persistence', 'store-client', 'store-connect'], rare: ['maxmemory-policy', 'chat', 'transport'] },
  { name: 'threads', keys: ['lock', 'lock-order', 'counter'], rare: [] },
  { name: 'machine', keys: ['cores', 'costs'], rare: ['quantum'] },
  { name: 'life', keys: ['workers', 'graceful'], rare: ['kill-timeout', 'pm2', 'timer', 'timer-every'] },
];

/**
 * The groups of the keys that the server knows. A key that no group has is not
 * lost: it is among the rare ones of the last.
 * @param {Key[]} keys
 * @returns {Group[]}
 */
export function groups(keys) {
  const by = new Map(keys.filter((k) => !ELSEWHERE.has(k.name)).map((k) => [k.name, k]));
  /** @param {string[]} names */
  const take = (names) => names.flatMap((name) => {
    const key = by.get(name);
    by.delete(name);
    return key ? [key] : [];
  });
  const all = GROUPS.map((g) => ({ name: g.name, keys: take(g.keys), rare: take(g.rare) }));
  all[all.length - 1].rare.push(...by.values());
  return all;
}

/** @param {Key} key @param {Record<string, string>} scenario */
export const differs = (key, scenario) => key.name in scenario && scenario[key.name] !== key.default;

/** How a value is chosen: on or off, one of a few, one of many, or written. @param {Key} key */
export function control({ words }) {
  if (!words?.length) return 'text';
  if (words.length === 2 && words.includes('true')) return 'switch';
  return words.length <= 2 ? 'segments' : 'select';
}

/**
 * Why a key changes nothing in this set-up, as the end of a key of the
 * catalogue; undefined when it does.
 * @param {string} name @param {Record<string, string>} scenario
 */
export function idle(name, scenario) {
  const { mode, balancer, addresses, chat, traffic, graceful, login } = scenario;
  switch (name) {
    case 'lock': case 'lock-order': return mode === 'threads' ? undefined : 'threads';
    case 'balancer': case 'pm2': return mode === 'threads' ? 'balancer' : undefined;
    case 'weights': return mode === 'threads' ? 'balancer' : balancer === 'round-robin' ? 'weights' : undefined;
    case 'addresses': return balancer === 'ip-hash' || addresses === 'one' ? undefined : 'addresses';
    case 'kill-timeout': return graceful === 'true' ? undefined : 'graceful';
    case 'save-first': return login === 'redirect' ? undefined : 'redirect';
    case 'maxmemory-policy': case 'store-kind': case 'store-client': case 'store-connect': case 'store-persistence':
      if (mode !== 'store' && chat !== 'pubsub') return 'store';
      return (name === 'store-persistence' || name === 'maxmemory-policy') && scenario['store-kind'] === 'database' ? 'redis' : undefined;
    case 'session-lock': return mode === 'cookie' ? 'cookie' : undefined;
    case 'timer-every': return (scenario.timer ?? 'none') === 'none' ? 'timer' : undefined;
    case 'script': return traffic === 'script' ? undefined : 'script';
    case 'think': case 'jitter': return traffic === 'none' ? 'traffic' : undefined;
  }
  return undefined;
}

/**
 * The address of a new run: the present set-up with some changes, and without
 * what was done. Only what differs from the defaults is written.
 * @param {Key[]} keys @param {Record<string, string>} scenario @param {Map<string, string>} changes
 * @returns {Map<string, string>}
 */
export function fresh(keys, scenario, changes) {
  /** @type {Map<string, string>} */
  const values = new Map();
  for (const key of keys) {
    if (ELSEWHERE.has(key.name)) continue;
    const value = changes.get(key.name) ?? scenario[key.name];
    if (value !== undefined && value !== key.default) values.set(key.name, value);
  }
  // A script is written to be played.
  if (changes.has('script') && !changes.has('traffic')) values.delete('traffic');
  return values;
}
