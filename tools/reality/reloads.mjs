// Measures reloads that meet something in their way, and a crash behind nginx:
// node reloads.mjs [--runs 3]
// What was seen goes to standard output, in the cells of sim/testdata, with the
// moments (s) at which processes began to listen and were told to end.
//
// It needs redis-server and nginx.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';

import { Redis } from './redis.mjs';

const APP = new URL('app.cjs', import.meta.url).pathname;
const HOME = mkdtempSync(join(tmpdir(), 'reality-'));
const LOG = join(HOME, 'log');

const APP_PORT = 23_000;
const NGINX_PORT = 23_100;
const REDIS_PORT = 23_200;

/** Whoever has not started within so many ms never will. */
const PATIENCE = 20_000;

/** Somebody without a cookie asks each so many ms; who has one would wait for the store. */
const EVERY = { cluster: 500, reload: 250, crash: 400 };

/** So long (ms) it is quiet before the first visit. */
const QUIET = 500;

process.env.PM2_HOME = HOME;
const { default: pm2 } = await import('pm2');
const call = (/** @type {string} */ what, /** @type {any[]} */ ...args) => new Promise((resolve, reject) => {
  pm2[what](...args, (/** @type {any} */ error, /** @type {any} */ result) => (error ? reject(error) : resolve(result)));
});

/** A cluster of two whose store is away: which commands come when (s), and for how long visits follow. */
const CLUSTERS = {
  'the store is back after the reload': { 1: 'store down', 2: 'reload', 12: 'store up', until: 16 },
  'the store is back before the first process is told to end': { 1: 'store down', 2: 'reload', 3: 'store up', until: 8 },
};

/** @param {string} name @param {Record<string, any>} commands */
async function cluster(name, commands) {
  const redis = new Redis(REDIS_PORT);
  await redis.start();
  await start({ exec_mode: 'cluster', instances: 2, env: { MODE: 'store', REDIS: redis.url } });
  const seen = await visits(APP_PORT, EVERY.cluster, commands.until, async (second) => {
    switch (commands[second]) {
      case 'store down': return redis.kill();
      case 'store up': return redis.start();
      case 'reload': return call('reload', 'app').then(() => note('reload-over'));
    }
  });
  await call('delete', 'app');
  await redis.kill();
  tell(name, seen);
}

/**
 * Processes on ports of their own behind nginx, to which something happens after 2 s.
 * @param {string} name @param {number} instances @param {number} every ms @param {() => Promise<any> | void} act
 */
async function behindNginx(name, instances, every, act) {
  const conf = join(HOME, 'nginx.conf');
  const servers = Array.from({ length: instances }, (_, n) => `server 127.0.0.1:${APP_PORT + n};`).join(' ');
  writeFileSync(conf, `daemon off; worker_processes 1; pid ${HOME}/nginx.pid; error_log ${HOME}/error.log;
events { worker_connections 100; }
http { access_log off; upstream app { least_conn; ${servers} } server { listen 127.0.0.1:${NGINX_PORT}; location / { proxy_pass http://app; } } }
`);
  await start({ exec_mode: 'fork', instances, increment_var: 'PORT', env: { MODE: 'local' } });
  const nginx = spawn('nginx', ['-c', conf, '-e', join(HOME, 'error.log')], { stdio: 'ignore' });
  await pause(QUIET);
  const seen = await visits(NGINX_PORT, every, 16, async (second) => {
    if (second === 2) await act();
  });
  nginx.kill();
  await once(nginx, 'exit');
  await call('delete', 'app');
  tell(name, seen);
}

/** Starts the app and waits until all of it listens. @param {Record<string, any>} how */
async function start(how) {
  writeFileSync(LOG, '');
  await call('start', { script: APP, name: 'app', merge_logs: true, output: '/dev/null', error: '/dev/null', ...how, env: { PORT: APP_PORT, LOG, CART: '0', GRACEFUL: 'true', ...how.env } });
  for (const end = performance.now() + PATIENCE; notes().filter(([what]) => what === 'listens').length < how.instances; await pause(10)) if (performance.now() > end) throw new Error('the app never listened');
  await pause(QUIET);
}

let began = 0;
const since = () => ((performance.now() - began) / 1000).toFixed(2);

/** What the processes noted, and when they did. */
const notes = () => readFileSync(LOG, 'utf8').split('\n').filter(Boolean).map((line) => line.split(' '));
/** @type {string[]} */
let moments = [];
const note = (/** @type {string[]} */ ...words) => moments.push(`${since()} ${words.join(' ')}`);

/**
 * Visits again and again; at each full second something may be done first.
 * @param {number} port @param {number} every ms @param {number} until s
 * @param {(second: number) => Promise<any>} act
 */
async function visits(port, every, until, act) {
  await pause(1000 - Date.now() % 1000); // nginx counts in whole seconds, and the simulator begins with one
  began = performance.now();
  moments = [];
  let read = notes().length;
  const watch = setInterval(() => {
    const now = notes();
    for (const [what, ...about] of now.slice(read)) if (what !== 'request') note(what, ...about);
    read = now.length;
  }, 10);
  const answers = [];
  for (let n = 0; n * every < until * 1000; n++) {
    await pause(Math.max(0, began + n * every - performance.now()));
    if (n * every % 1000 === 0) act(n * every / 1000);
    await pause(every / 2);
    answers.push(visit(port));
  }
  const seen = await Promise.all(answers);
  clearInterval(watch);
  return seen;
}

/** One visit on a connection of its own: who answered, and what. @param {number} port */
function visit(port) {
  return new Promise((resolve) => {
    const request = http.request({ port, host: '127.0.0.1', method: 'POST', path: '/visit', agent: false, headers: { connection: 'close', 'x-number': 0 } }, (response) => {
      response.resume();
      resolve({ instance: response.headers['x-instance'], status: response.statusCode });
    });
    request.on('error', () => resolve({ status: 0 }));
    request.end();
  });
}

/** @param {string} name @param {{ instance?: string, status: number }[]} seen */
function tell(name, seen) {
  const cells = seen.map(({ instance, status }) => (instance === undefined ? '' : String.fromCharCode(65 + Number(instance))) + (status === 0 ? '!' : status >= 500 ? '5' : '-'));
  process.stdout.write(`${name}\n  ${cells.join(' ')}\n  ${moments.join('; ')}\n`);
}

const { values } = parseArgs({ options: { runs: { type: 'string', default: '3' } } });
await call('connect');
for (let run = 0; run < Number(values.runs); run++) {
  for (const [name, commands] of Object.entries(CLUSTERS)) await cluster(name, commands);
  await behindNginx('a reload of four behind nginx', 4, EVERY.reload, () => call('reload', 'all').then(() => note('reload-over')));
  await behindNginx('a crash of the second of two behind nginx', 2, EVERY.crash, () => void process.kill(Number(notes().find(([what, instance]) => what === 'listens' && instance === '1')?.[2]), 'SIGKILL'));
}
await call('killDaemon').catch(() => {});
rmSync(HOME, { recursive: true, force: true });
process.exit(0);
