// Plays scenarios on the real stack, each some times, and gives what was seen in
// the cells of sim/testdata: node measure.mjs [--runs 3] [--lanes 2] < scenarios > cases.json
//
// It needs redis-server. Each lane has a pm2, a Redis and ports of its own.

import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';

const APP = new URL('app.cjs', import.meta.url).pathname;

/** A start in which the instances listen in another order is done again, so often. */
const STARTS = 6;

/** All is over so long (ms) after the last command, at the latest. */
const PATIENCE = 12_000;

// ---- all of it

async function main() {
  const { values } = parseArgs({ options: { runs: { type: 'string', default: '3' }, lanes: { type: 'string', default: '2' } } });
  const queue = [];
  for await (const line of createInterface({ input: process.stdin })) if (line.trim()) queue.push({ scenario: line.trim(), seen: [] });
  const cases = [...queue];
  let done = 0;
  await Promise.all(Array.from({ length: Number(values.lanes) }, async (_, n) => {
    const child = fork(new URL(import.meta.url).pathname, { env: { ...process.env, PM2_HOME: mkdtempSync(join(tmpdir(), 'reality-')), LANE: String(n) }, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    for (let c = queue.shift(); c; c = queue.shift()) {
      for (let run = 0; run < Number(values.runs); run++) {
        child.send(c.scenario);
        const [seen] = await once(child, 'message');
        c.seen.push(seen);
      }
      process.stderr.write(`\r${++done} of ${cases.length} `);
    }
    child.send('');
    await once(child, 'exit');
  }));
  const same = cases.filter((c) => c.seen.every((s) => s === c.seen[0] && !s.startsWith('?')));
  process.stderr.write(`\n${same.length} of ${cases.length} were the same in all runs\n`);
  console.log(JSON.stringify({
    about: 'Random sequences with faults in them, measured on the real stack by tools/reality; those that were the same in every run.',
    cases: same.map(({ scenario, seen }) => ({ scenario, expect: seen[0] })),
  }, null, 1));
}

// ---- a lane

async function lane() {
  const { default: pm2 } = await import('pm2');
  const call = (/** @type {string} */ what, /** @type {any[]} */ ...args) => new Promise((resolve, reject) => {
    pm2[what](...args, (/** @type {any} */ error, /** @type {any} */ result) => (error ? reject(error) : resolve(result)));
  });
  await call('connect');
  for await (const scenario of messages()) {
    if (!scenario) break;
    process.send?.(await play(call, scenario).catch((error) => {
      process.stderr.write(`\n${error?.message ?? error}: ${scenario}\n`);
      return '?';
    }));
  }
  await call('killDaemon').catch(() => {});
  rmSync(process.env.PM2_HOME ?? '', { recursive: true, force: true });
  process.exit(0);
}

async function* messages() {
  for (;;) yield (await once(process, 'message'))[0];
}

/** Plays a scenario once. @param {(what: string, ...args: any[]) => Promise<any>} call @param {string} scenario */
async function play(call, scenario) {
  const values = new Map(scenario.split('&').map((part) => /** @type {[string, string]} */ (part.split(/=(.*)/s).slice(0, 2))));
  const lane = Number(process.env.LANE);
  const port = 21_000 + lane;
  const redis = new Redis(22_000 + lane);
  const log = join(process.env.PM2_HOME ?? '', 'log');
  if (values.get('mode') === 'store') await redis.start();
  try {
    await start(call, values, port, redis.url, log);
    const commands = (values.get('do') ?? '').split(';').map((text) => /^\s*([\d.]+)ms\s+(\S+)\s*(.*?)\s*$/.exec(text)).filter((found) => found !== null)
      .map(([, at, verb, about]) => ({ at: Number(at), verb, about }));
    const jars = new Map();
    const answers = [];
    const under = [];
    const begin = performance.now();
    for (const { at, verb, about } of commands) {
      await pause(Math.max(0, begin + at - performance.now()));
      const id = Number(about) - 1;
      switch (verb) {
        case 'crash': crash(pidOf(log, id)); break;
        case 'restart': under.push(call('restart', about ? await idOf(call, id) : 'app')); break;
        case 'reload': under.push(call('reload', 'app')); break;
        case 'store': under.push(about === 'up' ? redis.start() : redis.kill()); break;
        default: under.push(ask(port, verb, about, jars, answers));
      }
    }
    await Promise.race([Promise.allSettled(under), pause(PATIENCE)]);
    return cells(answers, log);
  } finally {
    await call('delete', 'app').catch(() => {});
    await redis.kill();
  }
}

/** Starts the app; the simulator's instances begin to listen in their order. */
async function start(call, values, port, url, log) {
  const workers = Number(values.get('workers') ?? 2);
  for (let n = 0; n < STARTS; n++) {
    writeFileSync(log, '');
    const max = values.get('max-age');
    await call('start', {
      script: APP, name: 'app', exec_mode: 'cluster', instances: workers, merge_logs: true, output: '/dev/null', error: '/dev/null',
      env: {
        PORT: port, LOG: log, MODE: values.get('mode') ?? 'local', REDIS: url, CART: String(milliseconds(values.get('cart-delay') ?? '5ms')), GRACEFUL: values.get('graceful') ?? 'false',
        SAVE_UNINITIALIZED: values.get('save-uninitialized') ?? '', RESAVE: values.get('resave') ?? '', ROLLING: values.get('rolling') ?? '', VIEWS: values.get('views') ?? '',
        CLEAR_COOKIE: values.get('clear-cookie') ?? '', REGENERATE: values.get('regenerate') ?? '', MAX_AGE: max && max !== 'none' ? String(milliseconds(max)) : '',
      },
    });
    for (let t = 0; t < 100 && listeners(log).length < workers; t++) await pause(50);
    const order = listeners(log).map((l) => l.instance);
    if (order.length === workers && order.every((id, i) => id === i)) {
      await pause(300); // until it is quiet
      return;
    }
    await call('delete', 'app');
  }
  throw new Error('the instances never listened in their order');
}

/** @param {string} text */
const milliseconds = (text) => parseFloat(text) * (text.endsWith('ms') ? 1 : 1000);

/** Who began to listen, in their order. @param {string} log */
const listeners = (log) => (existsSync(log) ? readFileSync(log, 'utf8') : '').split('\n').map((line) => line.split(' ')).filter(([what]) => what === 'listens')
  .map(([, instance, pid]) => ({ instance: Number(instance), pid: Number(pid) }));

/** The process of an instance now. @param {string} log @param {number} instance */
const pidOf = (log, instance) => listeners(log).findLast((l) => l.instance === instance)?.pid ?? 0;

/** Kills a process, if it is still there: the simulator refuses to crash what is down. @param {number} pid */
function crash(pid) {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It died by itself.
  }
}

/** pm2's number of an instance. */
async function idOf(call, instance) {
  const list = await call('list');
  return list.find((/** @type {any} */ p) => p.pm2_env.NODE_APP_INSTANCE === instance)?.pm_id;
}

let numbers = 0;

/** One request on a connection of its own. */
function ask(port, op, visitor, jars, answers) {
  const number = ++numbers;
  const cookie = jars.get(visitor);
  return new Promise((resolve) => {
    const over = (answer) => {
      answers.push({ number, op, ...answer });
      resolve(undefined);
    };
    const request = http.request({ port, host: '127.0.0.1', method: 'POST', path: `/${op}`, agent: false,
      headers: { connection: 'close', 'x-number': number, 'x-visitor': visitor, ...(cookie && { cookie }) } }, (response) => {
      const [set] = response.headers['set-cookie'] ?? [];
      const cleared = set && /Expires=Thu, 01 Jan 1970/.test(set);
      if (set) jars.set(visitor, cleared ? undefined : set.split(';')[0]);
      response.resume();
      response.on('end', () => over({ status: response.statusCode, cookie: cleared ? 'x' : set ? '*' : '', instance: Number(response.headers['x-instance']) }));
      response.on('error', () => over({ status: 0, cookie: '' }));
    });
    request.on('error', () => over({ status: 0, cookie: '' }));
    request.end();
  });
}

/** The answers in their order, as sim/testdata has them. */
function cells(answers, log) {
  const had = new Map(readFileSync(log, 'utf8').split('\n').map((line) => line.split(' ')).filter(([what]) => what === 'request').map(([, number, instance]) => [Number(number), Number(instance)]));
  const letters = new Map();
  return answers.map(({ number, op, status, cookie, instance = had.get(number) }) => {
    if (instance !== undefined && !letters.has(instance)) letters.set(instance, String.fromCharCode(65 + letters.size));
    const mark = status === 0 ? '!' : status >= 500 ? '5' : op === 'visit' ? (status === 200 ? '+' : '-') : op[0].toUpperCase();
    return (letters.get(instance) ?? '') + mark + cookie;
  }).join(' ');
}

/** A Redis that keeps nothing on disk. */
class Redis {
  #port;
  /** @type {import('node:child_process').ChildProcess | undefined} */
  #process;

  /** @param {number} port */
  constructor(port) { this.#port = port; }

  get url() { return `redis://127.0.0.1:${this.#port}`; }

  async start() {
    this.#process = spawn('redis-server', ['--port', String(this.#port), '--save', '', '--appendonly', 'no'], { stdio: ['ignore', 'pipe', 'inherit'] });
    for await (const line of createInterface({ input: /** @type {NodeJS.ReadableStream} */ (this.#process.stdout) })) if (line.includes('Ready to accept')) return;
  }

  async kill() {
    const { exitCode, signalCode } = this.#process ?? { exitCode: 0, signalCode: null };
    if (!this.#process || exitCode !== null || signalCode !== null) return;
    this.#process.kill('SIGKILL');
    await once(this.#process, 'exit');
  }
}

if (process.send) await lane();
else await main();
