package code

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"procession/sim/scenario"
	"procession/sim/trace"
)

// lightRoute adds to a File's marks those of a handler of an author's own. What
// it has in common with a visit, such as the session middleware, it has from
// there. Its keys are kind.name, kind.name.detail, and where a number has a
// name kind.name.detail.number.
func lightRoute(f *File, r *route) {
	if r.job {
		return // nobody asks for it
	}
	l := lighting{f, r, r.handler.Name}
	first := f.Marks[point{kind: trace.RequestStarted, op: trace.Visit}.key()]
	failed := f.Marks[point{kind: trace.RequestAnswered, op: trace.Visit, detail: "unread"}.key()]
	begun := trace.RequestStarted
	if r.handler.UsesSession() {
		begun = trace.SessionRead
		l.asVisit()
	}
	l.mark(trace.RequestStarted, "", first...)
	l.after(begun, "", append([]int{r.places[0].line}, l.stretch(0)...)...) // it begins with what each handler costs
	for i, p := range r.places {
		l.step(i, p)
	}
	for _, detail := range []string{"500", "unread", "thrown"} {
		if detail == "thrown" || f.Marks[l.key(trace.RequestAnswered, detail)] == nil {
			l.mark(trace.RequestAnswered, detail, failed...)
		}
	}
	l.mark(trace.HandlerThrew, "", failed...)
}

// lighting lights the lines of one handler.
type lighting struct {
	file *File
	*route
	name string
}

func (l lighting) key(kind trace.Kind, detail string) string {
	key := kind.String() + "." + l.name
	if detail != "" {
		key += "." + detail
	}
	return key
}

// mark adds the lines that make an event.
func (l lighting) mark(kind trace.Kind, detail string, lines ...int) {
	add(l.file.Marks, l.key(kind, detail), lines)
}

// after adds the lines at which a thread is after an event.
func (l lighting) after(kind trace.Kind, detail string, lines ...int) {
	add(l.file.After, l.key(kind, detail), lines)
}

func add(to map[string][]int, key string, lines []int) {
	for _, n := range lines {
		if !slices.Contains(to[key], n) {
			to[key] = append(to[key], n)
		}
	}
}

// asVisit takes over what a visit lights: the same before the handler, and its
// answers where that has its own.
func (l lighting) asVisit() {
	visit := point{kind: trace.RequestAnswered, op: trace.Visit}
	answer := l.file.Marks[visit.key()]
	var own []int
	for _, p := range l.places {
		if p.status != 0 {
			own = append(own, p.line)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(l.file.Marks)) {
		parts := strings.SplitN(key, ".", 4)
		if parts[2] != trace.Visit.String() || parts[0] == "request" {
			continue
		}
		lines := l.file.Marks[key]
		if slices.Equal(lines, answer) {
			lines = own
		}
		parts[2] = l.name
		add(l.file.Marks, strings.Join(parts, "."), lines)
	}
}

// step lights the line of a step with its events, and then those to which the
// thread goes on.
func (l lighting) step(i int, p place) {
	next := l.stretch(i + 1)
	memory := "memory." + p.step.Name
	switch {
	case p.status != 0:
		l.mark(trace.RequestAnswered, strconv.Itoa(p.status), p.line)
		if p.status == 500 {
			l.mark(trace.RequestAnswered, "unread", p.line)
		}
		return
	case p.step.Place == scenario.Store:
		command := map[scenario.Act]string{scenario.Read: "get", scenario.Write: "set", scenario.Incr: "incr"}[p.step.Act] + "." + p.step.Name
		for _, kind := range []trace.Kind{trace.StoreSent, trace.StoreExecuted, trace.StoreRefused, trace.StoreFailed} {
			l.mark(kind, command, p.line)
			if !l.handler.UsesSession() {
				l.mark(kind, "", p.line) // of a picture, in which the command is not told
			}
		}
		l.after(trace.StoreExecuted, command, next...)
		memory = "store." + p.step.Name
	case p.step.Place == scenario.InMemory:
		for _, kind := range []trace.Kind{trace.LockWaited, trace.LockAcquired, trace.LockReleased} {
			l.mark(kind, "values", p.line) // of threads, which share it
		}
	}
	if p.step.Act == scenario.Write && p.step.Place != scenario.InSession || p.step.Act == scenario.Incr {
		for _, kind := range []trace.Kind{trace.ValueWritten, trace.UpdateLost} {
			l.mark(kind, memory, p.line)
			l.after(kind, memory, next...)
		}
	}
}

// stretch gives the lines that take time from a place on, up to the next one
// that is told by an event in any case: somewhere there the thread is. Where
// none takes time these are all lines.
func (l lighting) stretch(from int) []int {
	var lines, timed []int
	for _, p := range l.places[min(from, len(l.places)):] {
		lines = append(lines, p.line)
		switch p.step.Act {
		case scenario.Compute, scenario.Pause, scenario.Add:
			timed = append(timed, p.line)
		}
		told := p.status != 0 || p.step.Place == scenario.Store || p.step.Act == scenario.Write && p.step.Place == scenario.InMemory
		if told && p.step.If == scenario.Always {
			break
		}
	}
	if timed != nil {
		return timed
	}
	return lines
}
