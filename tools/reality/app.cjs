// The app that is measured: the one that the simulator runs, in Express. All of
// it is set by environment variables.

const { appendFileSync } = require('node:fs');
const express = require('express');
const session = require('express-session');

const { PORT, LOG, MODE, REDIS, CART, GRACEFUL, SAVE_UNINITIALIZED, RESAVE, ROLLING, VIEWS, CLEAR_COOKIE, REGENERATE, MAX_AGE } = process.env;
const instance = Number(process.env.NODE_APP_INSTANCE ?? 0);

// Whoever measures reads here who listens, and who had which request: one that is reset says nothing itself.
const note = (...words) => appendFileSync(LOG, `${words.join(' ')}\n`);

/** Where sessions live; undefined: in the memory of this process. */
async function storeOf(mode) {
  if (mode !== 'store') return undefined;
  const { createClient } = require('redis');
  const { RedisStore } = require('connect-redis');
  const client = createClient({ url: REDIS });
  client.on('error', () => {});
  await client.connect();
  return new RedisStore({ client });
}

async function main() {
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
  const server = app.listen(Number(PORT), '127.0.0.1', () => note('listens', instance, process.pid));
  if (GRACEFUL === 'true') process.on('SIGINT', () => server.close(() => process.exit(0)));
}

main().catch(() => process.exit(1));
