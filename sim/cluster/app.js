// The same app for Node: express 5 and express-session, as pm2 runs it.
//   npm install express express-session ws redis connect-redis
//   STORE=redis pm2 start app.js -i 2        (without STORE: each process's own memory)
const { randomBytes, randomUUID } = require('crypto')
const express = require('express')
const session = require('express-session')
const { WebSocketServer } = require('ws')

const { STORE, STORE_CONNECT, CHAT, COUNTER, VIEWS, REGENERATE, LOGIN, SAVE_FIRST, SECRET, PORT = 3000 } = process.env
const on = (option) => option === 'true'

const app = express()
const shared = STORE === 'redis' // sessions and the counter are in the shared store
const client = shared || CHAT === 'pubsub' ? connectRedis() : undefined
const store = shared ? redisStore() : new session.MemoryStore()
const secret = SECRET === 'per-process' ? randomBytes(32).toString('hex') : 'keyboard cat' // made at start, it fits the cookies of this process only
const sockets = new Set() // the websockets that this process holds
const pollers = new Set() // the ids that this process gave to clients that poll
const accounts = { checking: 100, savings: 100 }
let counter = 0 // in this process's own memory

app.use(express.urlencoded({ extended: false })) // ▸ request.started; after request.started

app.get('/report', (req, res) => {
  const until = Date.now() + 50
  while (Date.now() < until); // the event loop does nothing else ▸ after request.started.report
  res.json({ report: 'ready' }) // ▸ request.answered.report
})

app.post('/count', async (req, res) => {
  if (!shared) counter = counter + 1 // ▸ counter.counted.count.memory, update.lost.count.memory; after request.started.count; steps read, add, write
  else if (COUNTER === 'atomic') await client.incr('counter') // ▸ store.*.count.incr
  else {
    const n = Number(await client.get('counter')) // ▸ store.*.count.get
    await client.set('counter', String(n + 1)) // ▸ store.*.count.set
  }
  res.json({ counted: true }) // ▸ request.answered.count
})

app.post('/chat', async (req, res) => {
  const message = `${req.body.user} says hello`
  if (CHAT === 'pubsub') await client.publish('chat', message) // ▸ store.*.chat.publish; after request.started.chat
  else deliver(message) // ▸ after request.started.chat
  res.json({ said: message }) // ▸ request.answered.chat
})

app.all('/poll', (req, res) => {
  const { sid } = req.query // ▸ after request.started.poll
  if (sid === undefined) {
    const id = randomUUID()
    pollers.add(id) // ▸ poll.opened
    return res.json({ sid: id })
  }
  if (pollers.has(sid)) return res.json({ ok: true }) // ▸ request.answered.poll
  res.status(400).json({ code: 1, message: 'Session ID unknown' }) // ▸ poll.unknown.poll, request.answered.poll.400
})

app.post('/transfer', (req, res) => {
  accounts.checking -= 1 // nobody comes in between ▸ after request.started.transfer
  accounts.savings += 1 // ▸ after request.started.transfer
  res.json(accounts) // ▸ request.answered.transfer
})

// Here PHP waits while another request has the session (session-lock); express-session does not.
app.use(session({ store, secret, saveUninitialized: false, resave: false, rolling: false })) // ▸ session.read, store.*.get, lock.*.read, session.waited, session.locked

app.use((req, res, next) => {
  if (on(VIEWS)) req.session.views = (req.session.views || 0) + 1
  next()
})

app.post('/login', async (req, res) => {
  if (on(REGENERATE)) await new Promise((done, fail) => req.session.regenerate((err) => (err ? fail(err) : done()))) // ▸ session.destroyed.login, store.*.login.del
  req.session.user = req.body.user // ▸ after session.read.login
  if (LOGIN === 'redirect' && on(SAVE_FIRST)) await new Promise((done, fail) => req.session.save((err) => (err ? fail(err) : done())))
  LOGIN === 'redirect' ? res.redirect('/me') : res.json({ user: req.session.user }) // express-session sends the headers, saves, and then ends ▸ *.login
})

app.get('/me', (req, res) => {
  const { user } = req.session // ▸ after session.read.visit
  res.status(user ? 200 : 401).json({ user }) // express-session saves or touches here ▸ *.visit
})

app.post('/cart', async (req, res) => {
  const cart = req.session.cart || 0 // read … ▸ after session.read.cart
  await shop() // … ask the shop, while others are served … ▸ after session.read.cart
  req.session.cart = cart + 1 // … and write ▸ after session.read.cart
  res.json({ cart: req.session.cart }) // ▸ *.cart
})

app.post('/logout', (req, res, next) => {
  req.session.destroy((err) => { // ▸ *.logout; after session.read.logout
    if (err) return next(err)
    res.json({ user: null }) // ▸ request.answered.logout
  })
})

app.use((err, req, res, next) => {
  res.status(500).json({ error: err.message }) // ▸ request.answered.unread, request.answered.500, request.answered.count.unread, request.answered.chat.unread, handler.threw, request.answered.thrown
})

async function main() {
  if (client) {
    const connected = client.connect()
    if (STORE_CONNECT !== 'background') await connected // else it listens at once, and nobody hears when that fails
  }
  const server = app.listen(PORT)
  new WebSocketServer({ server }).on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
}

main().catch((err) => { // without this, pm2 takes no notice of a connect() that fails
  console.error(err)
  process.exit(1)
})

function deliver(message) {
  for (const socket of sockets) socket.send(message) // only those of this process ▸ chat.*.chat
}

function shop() {
  return new Promise((done) => setTimeout(done, 5))
}

function connectRedis() {
  const redis = require('redis').createClient()
  redis.on('error', (err) => console.error(err)) // without this line an outage ends the process
  const listener = redis.duplicate()
  listener.on('error', (err) => console.error(err))
  listener.connect().then(() => listener.subscribe('chat', deliver))
  return redis
}

function redisStore() {
  const { RedisStore } = require('connect-redis')
  return new RedisStore({ client })
}
