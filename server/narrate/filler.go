package narrate

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"procession/internal/written"
	"procession/server/korean"
	"procession/sim/trace"
)

// filler puts what an event says in the place of the names of a template.
type filler struct {
	n     *Narrator
	log   *trace.Log
	event *trace.Event
}

// phrases replaces the names that stand for a phrase of the catalogue, which
// has names itself.
func (f filler) phrases(template string) string {
	return replace(template, func(name string) (string, bool) {
		e := f.event
		switch name {
		case "who":
			return f.n.catalogue[f.who()], true
		case "Who":
			return f.n.catalogue[f.who()+".cap"], true
		case "memory":
			return f.n.catalogue[f.memory()], true
		case "place":
			return f.place(e.Mem), true
		case "made":
			return f.place(e.Made), true
		case "home":
			return f.place(e.Home), true
		case "sid":
			return inkOpen + "{short}" + inkSep + f.sidInk() + inkClose, true
		}
		return "", false
	})
}

// values replaces the names that stand for a value, {visitor}, also with a
// Korean particle behind it: {visitor:이}.
func (f filler) values(template string) string {
	return replace(template, func(name string) (string, bool) {
		name, form, _ := strings.Cut(name, ":")
		v, ok := f.value(name)
		if ok && form != "" {
			v += korean.Particle(v, form)
		}
		return v, ok
	})
}

// value gives what a name stands for.
func (f filler) value(name string) (string, bool) {
	e := f.event
	switch name {
	case "visitor":
		return f.log.Text(e.Visitor), true
	case "text":
		return f.log.Text(e.Text), true
	case "note":
		return f.log.Text(e.Note), true
	case "short":
		return short(f.log.Text(e.Sid)), true
	case "key":
		key, _, _ := strings.Cut(f.log.Text(e.Text), "=")
		return key, true
	case "value":
		_, value, _ := strings.Cut(f.log.Text(e.Text), "=")
		return value, true
	case "circle":
		return f.circle(), true
	case "op":
		word := f.log.OpWord(e.Op)
		return cmp.Or(f.n.catalogue["op."+word], word), true
	case "dur":
		return written.Duration(e.Dur, f.n.lang), true
	case "in":
		return written.Duration(max(0, e.Until-e.Ts), f.n.lang), true
	case "until":
		return written.Moment(e.Until, f.n.lang), true
	}
	for _, field := range []trace.Field{trace.FStatus, trace.FPid, trace.FTid, trace.FCore, trace.FConn, trace.FReq, trace.FThreads, trace.FCount} {
		if name == field.String() {
			return strconv.FormatInt(e.Get(field), 10), true
		}
	}
	return "", false
}

// circle tells of each thread in a deadlock what it holds and what it waits for.
func (f filler) circle() string {
	steps := strings.Split(f.log.Text(f.event.Text), ",")
	told := make([]string, len(steps))
	for i, step := range steps {
		lock, tid, _ := strings.Cut(step, ":")
		next, _, _ := strings.Cut(steps[(i+1)%len(steps)], ":")
		told[i] = replace(f.n.catalogue["circle.step"], func(name string) (string, bool) {
			value, ok := map[string]string{"lock": lock, "tid": tid, "next": next}[name]
			return value, ok
		})
	}
	return strings.Join(told, ", ")
}

// who gives the key of the phrase for who acts.
func (f filler) who() string {
	e := f.event
	switch {
	case e.Pid == 0:
		return "who.nobody"
	case e.Tid != 0 && f.threads() > 1 && has(e, trace.FTid):
		return "who.thread"
	}
	return "who.process"
}

// memory gives the key of the phrase for a memory as the worker sees it.
func (f filler) memory() string {
	switch m := f.event.Mem; {
	case m == trace.Store:
		return "memory.store"
	case m == trace.Jar:
		return "memory.jar"
	case m == 0:
		return "memory.none"
	case f.threads() > 1:
		return "memory.threads"
	}
	return "memory.own"
}

// place gives the phrase for a memory as seen from outside.
func (f filler) place(m trace.Memory) string {
	switch {
	case m == trace.Store:
		return f.n.catalogue["place.store"]
	case m == trace.Jar:
		return f.n.catalogue["place.jar"]
	case m == 0:
		return f.n.catalogue["place.none"]
	}
	key := "place.process"
	if now := f.n.workers[int16(m.Pid())].mem; now.Life() > m.Life() {
		key = "place.earlier"
	}
	return strings.ReplaceAll(f.n.catalogue[key], "{n}", strconv.Itoa(m.Pid()))
}

// sidInk gives the ink of the memory that made the session.
func (f filler) sidInk() string {
	m := f.event.Made
	if !has(f.event, trace.FMade) {
		m = f.event.Mem
	}
	switch {
	case m == trace.Store:
		return "store"
	case m.Pid() > 0:
		return "p" + strconv.Itoa(m.Pid())
	}
	return "none"
}

// threads gives how many threads the event's worker has.
func (f filler) threads() int16 { return f.n.workers[f.event.Pid].threads }

func has(e *trace.Event, field trace.Field) bool {
	return slices.Contains(e.Kind.Fields(), field)
}

// short gives the first characters of a session id.
func short(sid string) string {
	if len(sid) > sidShown {
		return sid[:sidShown]
	}
	return sid
}

// replace puts values in the place of {names}; what value does not know stays.
// What was put in is not looked at again.
func replace(template string, value func(name string) (string, bool)) string {
	if !strings.Contains(template, "{") {
		return template
	}
	var b strings.Builder
	for {
		open := strings.IndexByte(template, '{')
		if open < 0 {
			break
		}
		length := strings.IndexByte(template[open:], '}')
		if length < 0 {
			break
		}
		whole := template[open : open+length+1]
		b.WriteString(template[:open])
		if v, ok := value(whole[1:length]); ok {
			b.WriteString(v)
		} else {
			b.WriteString(whole)
		}
		template = template[open+length+1:]
	}
	b.WriteString(template)
	return b.String()
}
