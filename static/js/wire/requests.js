// All that the pages ask for by HTTP goes through here, and nothing else calls
// fetch. Whoever answers instead of the server, such as an engine in the page,
// answers this:
//
//   /static/lang/NAME.json      words: {ui, narrate}; problems/NAME.json: {problems, allowed}
//   /about.json                 {keys, costs, notModelled, version}: see panels/about.js
//   /code.json                  {files}: see code/positions.js; with ?handlers=…, the one in which those are
//   /reach.json                 {addresses, open, flag}: see share/hosts.js
//   /check?RUN                  {ok, scenario}
//   /trace/FROM-TO?RUN          {schema, texts, events, seq}: events by their Seq; or as POST, with RUN as its body
//   /lessons/SLUG/judge?…RUN    {met, conditions}: see lesson/judge.js; or as POST
//   /figure.svg?…RUN            a picture of a moment
//   /qr.svg?text=TEXT           a QR code
//   /healthz                    "ok"
//
// Where it cannot, the status says of which kind that is, and the body is a
// Problem as in wire.js: {code, key, text, say, args}, as JSON. 400: what was
// asked for is wrong; 404: there is none; 503: there is too much to do, and
// Retry-After says after how many seconds to ask again. Where nobody answers, fetch
// fails with a TypeError; who no longer wants to know aborts, with an AbortError.
//
// None of these are requests of ours: what the browser loads by itself (modules,
// style sheets, pictures, a lesson's page in course.js), and the socket.

import { LONGEST as LONGEST_QUERY } from '../address/url.js';

/** How often one asks at most. */
const TIMES = 6;

/** The longest wait that is heeded, s. */
const LONGEST = 60;

/**
 * Asks once; the answer may be a refusal.
 * @param {string | URL} address @param {RequestInit} [options]
 */
export const ask = (address, options) => fetch(address, options);

/**
 * Asks once for JSON, and fails where there is none to be had.
 * @param {string | URL} address
 */
export async function read(address) {
  const answer = await ask(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}

/** Words of a language. @param {string} name of a file in lang/ */
export const wordsOf = (name) => read(new URL(`../../lang/${name}.json`, import.meta.url));

/**
 * Like ask, but a 503 is asked again after its Retry-After, with some chance, so
 * that a class does not come back in the same moment. A query that is too long
 * for an address goes in the body.
 * @param {string} address
 * @param {RequestInit} [options]
 * @param {(seconds: number) => void} [busy] told before each wait, and with 0 after it
 */
export async function patient(address, options = {}, busy = () => {}) {
  const [path = '', query = ''] = address.split(/\?(.*)/s);
  const long = query.length > LONGEST_QUERY;
  for (let n = 1; ; n++) {
    const answer = await (long ? ask(path, { ...options, method: 'POST', body: query }) : ask(address, options));
    if (answer.status !== 503 || n === TIMES) return answer;
    const seconds = Math.min(LONGEST, Number(answer.headers.get('Retry-After')) || 1);
    busy(seconds);
    try {
      await pause(seconds * (1000 + 500 * Math.random()), options.signal);
    } finally {
      busy(0);
    }
  }
}

/** @param {number} wall ms @param {AbortSignal | null} [signal] ends it, with its reason */
function pause(wall, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(undefined), wall);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    }, { once: true });
  });
}
