package cluster

import (
	"errors"

	"procession/sim/des"
	"procession/sim/machine"
	"procession/sim/scenario"
	"procession/sim/store"
	"procession/sim/trace"
)

// client is the store's client in an instance: one connection, on which
// commands keep their order. What it does while the connection is broken is
// said by store-client: with node-redis' defaults commands wait in the offline
// queue, each for 5 s at most.
type client struct {
	c         *Cluster
	in        *instance
	connected bool
	dead      bool      // its one try to connect failed unheard: it never will be
	broken    int64     // since when it is not connected
	timer     des.Timer // the next try to connect
	deadline  des.Timer // ioredis: the end of what waits
	offline   []*command
	sent      []*command // on the way there or back
	arrives   int64      // moment at which the last command arrives at the server
	returns   int64      // moment at which the last reply arrives here
}

// words are a command to the store. They are what is sent, and what is shown.
type words []string

// command is a command to the store on its way.
type command struct {
	cl       *client
	r        *request
	task     *machine.Task
	words    words
	line     string          // the words, as a monitor of the server shows them; empty: not yet shown
	text     trace.TextID    // the number of line in the trace
	executed func(reply any) // is called when the server has executed it
	timer    des.Timer       // the movement that is under way
	patience des.Timer
	phase    commandPhase
	failed   error
}

type commandPhase uint8

const (
	offline   commandPhase = iota // waits for a connection
	going                         // to the server
	returning                     // from the server
	over
)

// The errors of commands; the handler answers them with a 500, but for one of
// saving, which comes after the answer's first bytes.
var (
	errStoreLost    = errors.New("the connection to the store broke")
	errStoreTimeout = errors.New("the store was away for too long")
	errStoreFull    = errors.New("the store is full")
)

func (s *sharedStore) newClient(in *instance) *client {
	cl := &client{c: s.c, in: in, connected: s.state != storeDown}
	cl.timer.Init(s.c.env, cl)
	cl.deadline.Init(s.c.env, (*givingUpAll)(cl))
	if !cl.connected {
		cl.broken = s.c.now()
		// The 'error' event has no handler, so connect() rejects; nobody awaits
		// it, and pm2 takes no notice of an unhandled rejection.
		cl.dead = s.c.sc.StoreClient == scenario.NoErrorHandler && s.c.sc.StoreConnect == scenario.Background
	}
	s.clients = append(s.clients, cl)
	return cl
}

// close forgets the client of a process that has ended.
func (cl *client) close() {
	cl.timer.Stop()
	cl.deadline.Stop()
	for _, cmd := range append(cl.offline, cl.sent...) {
		cmd.timer.Stop()
		cmd.patience.Stop()
	}
	clients := cl.c.store.clients
	for i, other := range clients {
		if other == cl {
			cl.c.store.clients = append(clients[:i], clients[i+1:]...)
			return
		}
	}
}

// call sends a command and waits for its reply: the task is off the thread
// meanwhile, so others are served. executed is called with the reply at the
// moment at which the server has it, before it travels back. Sending a command
// and taking its reply are work for the process.
func (cl *client) call(t *machine.Task, r *request, words words, executed func(reply any)) error {
	t.Compute(cl.c.costs.StoreClient)
	cmd := &command{cl: cl, r: r, task: t, words: words, executed: executed}
	cmd.timer.Init(cl.c.env, cmd)
	cmd.patience.Init(cl.c.env, (*impatience)(cmd))
	switch kind := cl.c.sc.StoreClient; {
	case cl.connected:
		cmd.send()
	case kind == scenario.NoOfflineQueue:
		cmd.phase, cmd.failed = over, errStoreLost
		cmd.tell(trace.WhyStoreLost)
		return cmd.failed
	default:
		cmd.wait()
	}
	t.Block()
	return cmd.failed
}

// wait puts the command into the offline queue. node-redis gives up each
// command by itself, and only as long as it is not sent; ioredis all together.
func (cmd *command) wait() {
	cl := cmd.cl
	cmd.phase = offline
	cl.offline = append(cl.offline, cmd)
	switch cl.c.sc.StoreClient {
	case scenario.IORedis:
		cl.deadline.SetAt(cl.givesUp())
	case scenario.Timeout:
		cmd.patience.Set(timeoutPatience)
	default:
		cmd.patience.Set(commandPatience)
	}
}

func (cmd *command) send() {
	cl, c := cmd.cl, cmd.cl.c
	cl.arrives = max(cl.arrives, c.now()+c.store.delay())
	cl.sent = append(cl.sent, cmd)
	cmd.phase = going
	cmd.timer.SetAt(cl.arrives)
	cmd.r.set(phaseStoring, cl.arrives)
	c.emit(cmd.event(trace.StoreSent, cl.arrives))
}

// impatience is the end of the client's patience with a command.
type impatience command

// Fire gives the command up.
func (i *impatience) Fire() {
	cmd := (*command)(i)
	cmd.cl.offline = without(cmd.cl.offline, cmd)
	cmd.fail(errStoreTimeout, cmd.cl.tooLate())
}

// tooLate is why what has waited too long was not sent.
func (cl *client) tooLate() trace.Why {
	if cl.dead {
		return trace.WhyNeverConnected
	}
	return trace.WhyTimeout
}

// givingUpAll is the moment at which ioredis gives up all that waits.
type givingUpAll client

// Fire fails what waits. A try to connect that succeeds at this moment comes first.
func (g *givingUpAll) Fire() {
	cl := (*client)(g)
	if cl.c.store.state != storeDown {
		return
	}
	waiting := cl.offline
	cl.offline = nil
	for _, cmd := range waiting {
		cmd.fail(errStoreTimeout, trace.WhyTimeout)
	}
}

// givesUp is when ioredis next gives up all that waits: when the connection has
// failed 21 times in a row, its break included, or 42 times, and so on.
func (cl *client) givesUp() int64 {
	at, wait := cl.broken, int64(firstRetry)
	for failures := 1; failures%(ioredisRetries+1) != 0 || at <= cl.c.now(); failures++ {
		at += wait
		wait = min(wait+firstRetry, lastRetry)
	}
	return at
}

// Fire is the end of a movement.
func (cmd *command) Fire() {
	cl, c := cmd.cl, cmd.cl.c
	switch cmd.phase {
	case going:
		c.store.server.SetTime(c.now())
		c.store.expire()
		cl.returns = max(cl.returns, c.now()+c.store.delay())
		cmd.phase = returning
		cmd.timer.SetAt(cl.returns)
		cmd.r.set(phaseReturning, cl.returns)
		if c.store.refuses(cmd.words) {
			cmd.refused()
			return
		}
		c.store.makeRoom(cmd)
		if n := len(c.store.commands); n == trace.StoreCommands {
			c.store.commands = c.store.commands[:copy(c.store.commands, c.store.commands[1:])]
		}
		c.store.commands = append(c.store.commands, cmd.line)
		c.totals.Commands++
		c.emit(cmd.event(trace.StoreExecuted, cl.returns))
		reply := c.store.execute(cmd.words)
		cmd.executed(reply)
		c.store.disk.changed(changedBy(cmd.words, reply))
	case returning:
		cl.sent = without(cl.sent, cmd)
		cmd.phase = over
		cmd.task.Unblock(c.costs.StoreClient)
	}
}

// refused notes that the store has no memory for the command. Redis shows such
// a command to no monitor.
func (cmd *command) refused() {
	cmd.failed = errStoreFull
	cmd.cl.c.unsaved(cmd.words)
	cmd.cl.c.emit(cmd.event(trace.StoreRefused, cmd.cl.returns))
}

func (cmd *command) fail(err error, why trace.Why) {
	cmd.timer.Stop()
	cmd.patience.Stop()
	cmd.phase, cmd.failed = over, err
	cmd.tell(why)
	cmd.task.Unblock(0)
}

// tell tells that the command has failed.
func (cmd *command) tell(why trace.Why) {
	cmd.r.set(phaseFailed, 0)
	e := cmd.event(trace.StoreFailed, 0)
	e.Why = why
	cmd.cl.c.emit(e)
}

func (cmd *command) event(k trace.Kind, until int64) trace.Event {
	r := cmd.r
	return trace.Event{Kind: k, Req: r.ref(), Visitor: r.v.id, Pid: r.pid, Tid: r.tid, Text: cmd.shown(), Until: until}
}

// shown gives the command's words as a text of the trace.
func (cmd *command) shown() trace.TextID {
	if cmd.line == "" {
		cmd.line = store.Line(cmd.words...)
	}
	cmd.text = cmd.cl.c.log.Again(cmd.text, cmd.line)
	return cmd.text
}

// lost breaks the connection: what is under way fails.
func (cl *client) lost() {
	if !cl.connected {
		return
	}
	cl.connected, cl.broken = false, cl.c.now()
	if cl.c.sc.StoreClient == scenario.NoErrorHandler {
		cl.in.die(trace.WhyStoreLost) // an 'error' event that nobody listens to ends a Node process
		return
	}
	sent := cl.sent
	cl.sent = nil
	switch cl.c.sc.StoreClient {
	case scenario.IORedis: // sends again what was not answered
		for _, cmd := range sent {
			cmd.timer.Stop()
			cmd.wait()
		}
	default:
		for _, cmd := range sent {
			cmd.fail(errStoreLost, trace.WhyStoreLost)
		}
	}
}

// node-redis tries to connect again after 50 ms, then waits twice as long each
// time, 2 s at most; ioredis waits 50 ms more each time, 2 s at most. (The
// random part of node-redis, up to 200 ms, is left out.)
const (
	firstRetry = 50_000
	lastRetry  = 2_000_000
)

// seek finds the moment of the next try now that the server is there.
func (cl *client) seek() {
	if cl.connected || cl.dead {
		return
	}
	at, wait := cl.broken, int64(firstRetry)
	for at < cl.c.now() {
		at += wait
		if cl.c.sc.StoreClient == scenario.IORedis {
			wait = min(wait+firstRetry, lastRetry)
		} else {
			wait = min(2*wait, lastRetry)
		}
	}
	cl.timer.SetAt(at)
}

// Fire is a try to connect; the offline queue is sent when it succeeds.
func (cl *client) Fire() {
	if cl.c.store.state == storeDown {
		return
	}
	cl.connected = true
	cl.deadline.Stop()
	waiting := cl.offline
	cl.offline = nil
	for _, cmd := range waiting {
		cmd.patience.Stop()
		cmd.send()
	}
	if cl.in.waits {
		cl.in.reachedStore()
	}
}

// reachedStore lets a process listen that waited for the store.
func (in *instance) reachedStore() {
	switch w := in.c.worker(in.pid); {
	case w == nil:
	case w.inst == in:
		w.join()
	case w.fresh == in:
		w.takeOver()
	}
}

func without(list []*command, cmd *command) []*command {
	for i, other := range list {
		if other == cmd {
			return append(list[:i], list[i+1:]...)
		}
	}
	return list
}
