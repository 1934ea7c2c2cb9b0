package figure

import (
	"encoding/json"
	"slices"

	"procession/internal/own"
	"procession/server/narrate"
	"procession/sim/trace"
)

// linger is how long the empty place of a session that was looked for stays,
// virtual µs. The page's is the same: static/js/stage/traces.js.
const linger = 1_600_000

// Past is what a picture of a moment shows beside the state: the empty places
// where a session was looked for, the last lookup of each process, and the
// sentence of what led there. It is given every event of a run in order.
type Past struct {
	teller  *narrate.Teller
	ghosts  map[int16][]ghost // by pid, of the store by 0; the oldest first
	lookups map[int16]lookup  // by pid
	now     map[int16]trace.Memory
	saved   map[place]trace.TextID // the data of sessions
}

// ghost is a session that was looked for and is not there.
type ghost struct {
	sid   string
	until int64 // virtual µs
}

// lookup is what a process asked a memory for, and what it got. Without a
// command the visitor had no cookie.
type lookup struct {
	command, result string
	found           bool
}

// place is where a session is, or was.
type place struct {
	mem trace.Memory
	sid trace.TextID
}

// NewPast begins with nothing; its sentences are in a language ("en").
func NewPast(lang string) (*Past, error) {
	teller, err := narrate.NewTeller(lang)
	if err != nil {
		return nil, err
	}
	return &Past{
		teller: teller, ghosts: map[int16][]ghost{}, lookups: map[int16]lookup{},
		now: map[int16]trace.Memory{}, saved: map[place]trace.TextID{},
	}, nil
}

// Own adds an author's own words for handlers.
func (p *Past) Own(words []own.Words) { p.teller.Own(words) }

// Note takes the next event of the run.
func (p *Past) Note(l *trace.Log, e *trace.Event) {
	p.teller.Note(l, e)
	switch e.Kind {
	case trace.SessionSaved:
		p.saved[place{e.Mem, e.Sid}] = e.Text
	case trace.SessionRead:
		p.read(l, e)
	case trace.StoreFailed:
		p.lookups[e.Pid] = lookup{command: readable(l.Text(e.Text)), result: "error"}
	case trace.WorkerCrashed, trace.WorkerStopped, trace.WorkerStarting:
		delete(p.lookups, e.Pid)
		delete(p.ghosts, e.Pid)
		if e.Kind == trace.WorkerStarting {
			p.now[e.Pid] = e.Mem
		} else if e.Until == 0 {
			delete(p.now, e.Pid)
		}
	case trace.StoreDown:
		delete(p.ghosts, 0)
	}
}

// read keeps what a lookup leaves behind.
func (p *Past) read(l *trace.Log, e *trace.Event) {
	sid, found := l.Text(e.Sid), e.Session == trace.Hit
	switch {
	case e.Mem == trace.Jar && sid != "":
		look := lookup{command: "unsign(cookie)", result: "false", found: found}
		if found {
			look.result = l.Text(e.Visitor)
		}
		p.lookups[e.Pid] = look
		return
	case e.Session == trace.None || sid == "":
		p.lookups[e.Pid] = lookup{}
		return
	case e.Mem != trace.Store && p.now[int16(e.Mem.Pid())] != e.Mem:
		return // of a process that finishes what it had: its place has another one
	}
	look, where := lookup{command: `sessions.get("` + short(sid) + `")`, result: "undefined", found: found}, e.Pid
	if e.Mem == trace.Store {
		look.command, look.result, where = "GET sess:"+short(sid), "nil", 0
	}
	if found {
		look.result = "{ }"
		var s session
		if json.Unmarshal([]byte(l.Text(p.saved[place{e.Mem, e.Sid}])), &s) == nil && s.User != "" {
			look.result = s.User
		}
	} else {
		others := slices.DeleteFunc(p.ghostsAt(where, e.Ts), func(g ghost) bool { return g.sid == sid })
		p.ghosts[where] = append(others, ghost{sid, e.Ts + linger})
	}
	p.lookups[e.Pid] = look
}

// ghostsAt gives what was looked for in a memory and still lingers at a moment,
// virtual µs: that of a pid, of the store by 0. The caller may change the list.
func (p *Past) ghostsAt(where int16, moment int64) []ghost {
	if p == nil {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(p.ghosts[where]), func(g ghost) bool { return g.until <= moment })
}
