// Plays scenarios on the real stack, each some times, and gives what was seen in
// the cells of sim/testdata: node measure.mjs [--runs 3] [--lanes 2] CASES.json < SCENARIOS
// The file is written anew after each scenario, so what is there counts if all is
// stopped.
//
// It needs redis-server. Each lane has a pm2, a Redis and ports of its own.

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';

import { Redis } from './redis.mjs';

const APP = new URL('app.cjs', import.meta.url).pathname;

/** A start in which the instances listen in another order is done again, so often. */
const STARTS = 6;

/** All is answered so long (ms) after the last command; what is not never will be. */
const PATIENCE = 3_000;

/** A command that comes so long (ms) after a fault, or later, waits until everybody is there again. */
const LATER = 500;

/** Whatever nothing delays is answered within so many ms; on a busy machine the next command waits for it. */
const SHORTLY = 150;

/** Everybody is there again within so many ms, or the run counts for nothing. */
const RETURN = 8_000;

/** So long (ms) it is quiet before something that needs quiet. */
const QUIET = 80;

// ---- all of it

async function main() {
  const { values, positionals: [file] } = parseArgs({ options: { runs: { type: 'string', default: '3' }, lanes: { type: 'string', default: '2' } }, allowPositionals: true });
  if (!file) throw new Error('say where the cases go: node measure.mjs CASES.json < SCENARIOS');
  const queue = [];
  for await (const line of createInterface({ input: process.stdin })) if (line.trim()) queue.push(line.trim());
  const runs = Number(values.runs);
  const same = [];
  let played = 0;
  await Promise.all(Array.from({ length: Number(values.lanes) }, async (_, n) => {
    const child = fork(new URL(import.meta.url).pathname, { env: { ...process.env, PM2_HOME: mkdtempSync(join(tmpdir(), 'reality-')), LANE: String(n) }, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    for (let scenario = queue.shift(); scenario; scenario = queue.shift()) {
      const seen = [];
      // Two that differ are enough to know.
      while (seen.length < runs && seen.every((s) => s === seen[0] && s !== '')) {
        child.send(scenario);
        seen.push((await once(child, 'message'))[0]);
      }
      played++;
      if (seen.every((s) => s === seen[0] && s !== '')) same.push({ scenario, expect: seen[0] });
      else process.stderr.write(`not the same: ${scenario}\n  ${seen.join('\n  ')}\n`);
      writeFileSync(file, `${JSON.stringify({
        about: `Random sequences with faults in them, measured on the real stack by tools/reality: ${same.length} of ${played} were the same in ${runs} runs.`,
        cases: same,
      }, null, 1)}\n`);
    }
    child.send('');
    await once(child, 'exit');
  }));
  process.stderr.write(`${same.length} of ${played} were the same in ${runs} runs\n`);
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
      process.stderr.write(`${error?.message ?? error}: ${scenario}\n`);
      return '';
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
  const under = [];
  if (values.get('mode') === 'store') await redis.start();
  try {
    await start(call, values, port, redis.url, log);
    const commands = (values.get('do') ?? '').split(';').map((text) => /^\s*([\d.]+)ms\s+(\S+)\s*(.*?)\s*$/.exec(text)).filter((found) => found !== null)
      .map(([, at, verb, about]) => ({ at: Number(at), verb, about }));
    const workers = Number(values.get('workers') ?? 2);
    const jars = new Map();
    const answers = [];
    const asked = [];
    const quick = []; // those of them that nothing delays
    const slow = milliseconds(values.get('cart-delay') ?? '0ms') > 0;
    let listening = workers; // so many starts there were, when everybody is there
    let connected = values.get('mode') === 'store' ? workers : 0;
    let fault = Infinity;
    let begin = performance.now();
    for (const { at, verb, about } of commands) {
      if (at - fault >= LATER) {
        await Promise.race([Promise.all(under), pause(RETURN)]);
        await until(() => listeners(log).length >= listening && notes(log, 'connected').length >= connected);
        await pause(QUIET);
        begin = Math.max(begin, performance.now() - at);
        fault = Infinity;
      }
      await pause(Math.max(0, begin + at - performance.now()));
      await Promise.race([Promise.all(quick), pause(SHORTLY)]);
      const id = Number(about) - 1;
      const starts = (/** @type {number} */ n) => {
        listening += n;
        if (connected) connected += n;
      };
      /** A fault is there when it is noticed: its moment is then. @param {number[]} pids */
      const ended = async (pids) => {
        await until(() => pids.every((pid) => isGone(pid) || notes(log, 'told').some(([, told]) => told === pid)));
        begin = performance.now() - at;
      };
      switch (verb) {
        case 'crash': {
          const pid = pidOf(log, id);
          starts(1);
          process.kill(pid, 'SIGKILL');
          await ended([pid]);
          break;
        }
        case 'restart':
          starts(about ? 1 : workers);
          under.push(call('restart', about ? id : 'app'));
          // Of two pm2 takes the first, of more the first two.
          await ended((about ? [id] : workers > 2 ? [0, 1] : [0]).map((n) => pidOf(log, n)));
          break;
        case 'reload':
          starts(workers);
          under.push(call('reload', 'app'));
          break;
        case 'store':
          if (about === 'up') {
            await redis.start();
            begin = performance.now() - at;
            continue;
          }
          connected += workers;
          await redis.kill();
          begin = performance.now() - at;
          break;
        default:
          asked.push(ask(port, verb, about, jars, answers));
          if (!(slow && verb === 'cart')) quick.push(asked.at(-1));
          continue;
      }
      fault = at;
    }
    if (!await Promise.race([Promise.all(asked), pause(PATIENCE)])) throw new Error('a request was never answered');
    return cells(answers, log);
  } finally {
    await Promise.race([Promise.allSettled(under), pause(RETURN)]);
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
    await until(() => listeners(log).length >= workers);
    const order = listeners(log).map((l) => l.instance);
    if (order.length === workers && order.every((id, i) => id === i)) {
      await pause(QUIET);
      return;
    }
    await call('delete', 'app');
  }
  throw new Error('the instances never listened in their order');
}

/** @param {string} text */
const milliseconds = (text) => parseFloat(text) * (text.endsWith('ms') ? 1 : 1000);

/** Who began to listen, in their order. @param {string} log */
const listeners = (log) => notes(log, 'listens').map(([instance, pid]) => ({ instance, pid }));

/** What the instances noted of a kind: numbers. @param {string} log @param {string} kind */
const notes = (log, kind) => readFileSync(log, 'utf8').split('\n').map((line) => line.split(' ')).filter(([what]) => what === kind).map(([, ...numbers]) => numbers.map(Number));

/** Waits until something is so. @param {() => boolean} isSo */
async function until(isSo) {
  for (const end = performance.now() + RETURN; !isSo(); await pause(10)) if (performance.now() > end) throw new Error('somebody did not come back');
}

/** The process of an instance now. @param {string} log @param {number} instance */
const pidOf = (log, instance) => listeners(log).findLast((l) => l.instance === instance)?.pid ?? 0;

/** Whether a process has ended and its parent knows. @param {number} pid */
function isGone(pid) {
  try {
    return !process.kill(pid, 0);
  } catch {
    return true;
  }
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

const MARKS = { login: 'L', logout: 'O', cart: 'C' };

/** The answers in their order, as sim/testdata has them. */
function cells(answers, log) {
  const had = new Map(notes(log, 'request').map(([number, instance]) => [number, instance]));
  const letters = new Map();
  return answers.map(({ number, op, status, cookie, instance = had.get(number) }) => {
    if (instance !== undefined && !letters.has(instance)) letters.set(instance, String.fromCharCode(65 + letters.size));
    const mark = status === 0 ? '!' : status >= 500 ? '5' : op === 'visit' ? (status === 200 ? '+' : '-') : MARKS[op];
    return (letters.get(instance) ?? '') + mark + cookie;
  }).join(' ');
}

if (process.send) await lane();
else await main();
