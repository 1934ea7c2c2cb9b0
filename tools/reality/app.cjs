// The app that is measured: the one that the simulator runs, in Express. All of
// it is set by environment variables.

const { appendFileSync, readFileSync } = require('node:fs');
const { setTimeout: pause } = require('node:timers/promises');

const { PORT, LOG, MODE, REDIS, CART, GRACEFUL, SAVE_UNINITIALIZED, RESAVE, ROLLING, VIEWS, CLEAR_COOKIE, REGENERATE, MAX_AGE } = process.env;
const instance = Number(process.env.NODE_APP_INSTANCE ?? 0);

/** Of two that are started at once the second one says so much later (ms). */
const APART = 60;

// Whoever measures reads here who started, who listens, who was told to end, and
// who had which request: one that is reset says nothing itself.
const note = (...words) => appendFileSync(LOG, `${words.join(' ')}\n`);

/** The processes that have noted something of a kind, in their order. */
const noted = (kind) => readFileSync(LOG, 'utf8').split('\n').map((line) => line.split(' ')).filter(([what]) => what === kind).map(([, , pid]) => Number(pid));

const runs = (pid) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/**
 * Waits for those that were started before: processes begin to listen in the
 * order in which pm2 starts them. They mostly do so by themselves, but not on a
 * machine that has other things to do.
 */
async function inTurn() {
  for (;;) {
    const [starts, listens] = [noted('starts'), noted('listens')];
    const before = starts.slice(0, starts.indexOf(process.pid));
    if (before.every((pid) => listens.includes(pid) || !runs(pid))) return;
    await pause(5);
  }
}

/** Where sessions live; undefined: in the memory of this process. */
async function storeOf(mode) {
  if (mode !== 'store') return undefined;
  const { createClient } = require('redis');
  const { RedisStore } = require('connect-redis');
  const client = createClient({ url: REDIS });
  client.on('error', () => {});
  client.on('ready', () => note('connected', instance));
  await client.connect();
  return new RedisStore({ client });
}

async function main() {
  await pause((instance % 2) * APART);
  note('starts', instance, process.pid);
  const express = require('express');
  const session = require('express-session');
  const app = express();
  app.use((req, res, next) => {
    note('request', req.get('x-number'), instance);
    res.set('x-instance', String(instance));
    next();
  });
  app.use(session({
    secret: 'a secret', store: await storeOf(MODE), saveUninitialized: SAVE_UNINITIALIZED === 'true', resave: RESAVE === 'true', rolling: ROLLING === 'true',
    cookie: MAX_AGE ? { maxAge: Number(MAX_AGE) } : {},
  }));
  if (VIEWS === 'true') {
    app.use((req, res, next) => {
      req.session.views = (req.session.views ?? 0) + 1;
      next();
    });
  }
  app.post('/login', (req, res, next) => {
    const enter = (error) => {
      if (error) return next(error);
      req.session.user = req.get('x-visitor');
      return res.json({});
    };
    if (REGENERATE === 'true') req.session.regenerate(enter);
    else enter();
  });
  app.post('/visit', (req, res) => res.status(req.session.user ? 200 : 401).json({}));
  app.post('/cart', (req, res) => {
    const before = req.session.cart ?? 0;
    setTimeout(() => {
      req.session.cart = before + 1;
      res.json({});
    }, Number(CART));
  });
  app.post('/logout', (req, res, next) => {
    if (CLEAR_COOKIE === 'true') res.clearCookie('connect.sid');
    req.session.destroy((error) => (error ? next(error) : res.json({})));
  });
  app.use((error, req, res, next) => (res.headersSent ? next(error) : res.status(500).json({})));
  await inTurn();
  const server = app.listen(Number(PORT), '127.0.0.1', (error) => {
    if (error) throw error;
    note('listens', instance, process.pid);
  });
  if (GRACEFUL === 'true') {
    process.on('SIGINT', () => {
      server.close(() => process.exit(0));
      note('told', instance, process.pid);
    });
  }
}

main().catch(() => process.exit(1));
