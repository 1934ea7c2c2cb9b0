package code

import (
	"fmt"
	"slices"
	"strings"

	"procession/sim/cluster"
	"procession/sim/scenario"
)

// appName is the file that has the same app for Node.
const appName = "app.js"

// Printed gives app.js with the handlers of an author's own in it, each as a
// route that does the same, and the lines which they light.
func Printed(handlers []scenario.Handler) (*File, error) {
	text, err := cluster.Source(appName)
	if err != nil {
		return nil, fmt.Errorf("code: %w", err)
	}
	p := printed{lines: strings.Split(strings.TrimSuffix(text, "\n"), "\n")}
	p.write(handlers)
	f, err := parse(strings.Join(p.lines, "\n")+"\n", withSession)
	if err != nil {
		return nil, fmt.Errorf("code: %s:%w", appName, err)
	}
	f.Name, f.Language = appName, "js"
	for _, r := range p.routes {
		lightRoute(f, r)
		if first := r.places[0].line - 1; f.First == 0 || first < f.First {
			f.First = first
		}
	}
	return f, nil
}

// printed is app.js while handlers are written into it.
type printed struct {
	lines  []string
	routes []*route
}

// The lines of app.js before which handlers stand, and the one that says when
// there is a client of the store. A handler that needs no session stands before
// the session middleware, as those of the app do.
const (
	sessionLine = "app.use(session("
	errorLine   = "app.use((err"
	clientLine  = "const client = "
	ownClient   = "const client = connectRedis() // the handlers below ask it"
	ownMemory   = "const memory = new Map() // what the handlers below keep, in this process's own memory"
)

// write puts all handlers in their places, and behind them what they need.
func (p *printed) write(handlers []scenario.Handler) {
	var before, behind []*scenario.Handler
	needs := needsOf(handlers)
	for i := range handlers {
		if h := &handlers[i]; h.UsesSession() {
			behind = append(behind, h)
		} else {
			before = append(before, h)
		}
	}
	switch client := &p.lines[p.find(clientLine)]; {
	case needs.store:
		*client = ownClient
	case needs.timer:
		*client = strings.Replace(*client, " ?", " || process.env.TIMER === 'store' ?", 1)
	}
	if needs.memory {
		at := p.find("let counter") + 1
		p.lines = slices.Insert(p.lines, at, ownMemory)
	}
	p.insert(sessionLine, before)
	p.insert(errorLine, behind)
	for _, helper := range needs.helpers() {
		p.lines = append(p.lines, "")
		p.lines = append(p.lines, strings.Split(helper, "\n")...)
	}
}

// insert writes handlers before a line and the comments above it.
func (p *printed) insert(before string, handlers []*scenario.Handler) {
	for _, h := range handlers {
		at := p.find(before)
		for strings.HasPrefix(p.lines[at-1], "//") {
			at--
		}
		var lines []string
		if h.Name == scenario.Job {
			lines = append(lines, timerLine, "")
		}
		r := newRoute(h, at+len(lines)+1)
		p.routes = append(p.routes, r)
		if lines = append(lines, r.lines...); h.Name == scenario.Job {
			lines = slices.Insert(lines, len(lines)-len(r.lines)+1, onlyOne...)
			lines = append(lines, "", timerStart)
		}
		p.lines = slices.Insert(p.lines, at, append(lines, "")...)
	}
}

// find gives the index of the first line that begins so.
func (p *printed) find(prefix string) int {
	at := slices.IndexFunc(p.lines, func(line string) bool { return strings.HasPrefix(line, prefix) })
	if at < 0 {
		panic("code: printed.find: app.js has no line that begins with " + prefix)
	}
	return at
}

// The timer of the handler job, as the keys timer and timer-every have it.
const (
	timerLine  = "const { TIMER, TIMER_EVERY = 1000 } = process.env // each, first or store"
	timerStart = "if (TIMER) setInterval(() => job().catch(console.error), Number(TIMER_EVERY))"
)

// onlyOne are the lines at the beginning of the job by which one process does it.
var onlyOne = []string{
	"  if (TIMER === 'first' && process.env.NODE_APP_INSTANCE !== '0') return",
	"  if (TIMER === 'store' && !(await client.set('lock:job', String(process.pid), { NX: true, PX: Math.round(TIMER_EVERY * 0.9) }))) return",
}

// needs is what handlers need of the file around them.
type needs struct {
	store, timer, memory, compute, pause, numberOf bool
}

func needsOf(handlers []scenario.Handler) (n needs) {
	for _, h := range handlers {
		missing := slices.ContainsFunc(h.Steps, func(s scenario.Step) bool { return s.If == scenario.Missing })
		n.timer = n.timer || h.Name == scenario.Job // its lock may be in the store
		for _, s := range h.Steps {
			n.store = n.store || s.Place == scenario.Store
			n.memory = n.memory || s.Place == scenario.InMemory
			n.compute = n.compute || s.Act == scenario.Compute
			n.pause = n.pause || s.Act == scenario.Pause
			n.numberOf = n.numberOf || missing && s.Act == scenario.Read && s.Place == scenario.Store
		}
	}
	return n
}

// helpers gives the functions that are called.
func (n needs) helpers() (all []string) {
	if n.compute {
		all = append(all, "function compute(ms) {\n  const until = performance.now() + ms\n  while (performance.now() < until); // the event loop does nothing else\n}")
	}
	if n.pause {
		all = append(all, "function pause(ms) {\n  return new Promise((done) => setTimeout(done, ms))\n}")
	}
	if n.numberOf {
		all = append(all, "function numberOf(text) {\n  return text === null ? undefined : Number(text)\n}")
	}
	return all
}
