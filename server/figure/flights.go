package figure

import (
	"math"

	"procession/sim/trace"
)

const (
	flightR = 12.0 // radius of a request
	// flightMost is how many requests are drawn. Where there are more, nobody
	// could tell them apart.
	flightMost = 60
	// inLine and atDesk are how many wait in a line, or are worked on, one
	// beside the other; the rest stand behind the last.
	inLine, atDesk = 5, 3
)

// drawFlights draws the requests under way: each where it is at this moment.
func (f *figure) drawFlights() {
	lines, desks := map[int16]int{}, map[int16]int{}
	for i := range f.state.Requests {
		if i == flightMost {
			return
		}
		q := &f.state.Requests[i]
		at, ok := f.flightAt(q, lines, desks)
		if !ok {
			continue
		}
		if f.crowded() {
			f.circle("flight small "+f.flightInk(q), at, 4)
		} else {
			f.drawFlight(q, at)
		}
		if f.shared() && (q.Phase == "storing" || q.Phase == "returning") {
			f.drawCommand(q.Visitor, q.Pid, q.Phase, f.share(q.Since, q.Until))
		}
	}
	for _, s := range f.state.Saving {
		f.drawCommand(s.Visitor, s.Pid, s.Phase, f.share(s.Since, s.Until))
	}
}

// share is how much of a way between two moments has been gone, 0 to 1.
func (f *figure) share(since, until int64) float64 {
	if until <= since {
		return 1
	}
	return min(1, max(0, float64(f.now-since)/float64(until-since)))
}

func (f *figure) flightAt(q *trace.RequestView, lines, desks map[int16]int) (at point, ok bool) {
	share := f.share(q.Since, q.Until)
	home, known := f.homes[q.Visitor]
	r := f.rooms[q.Pid]
	gate := point{f.balancer.x + f.balancer.w/2, f.middle}
	switch q.Phase {
	case "sent":
		return home.at(share), known
	case "routed":
		if r == nil {
			return gate, true
		}
		if share < 1 {
			return r.wire.at(share), true
		}
		n := min(inLine-1, lines[q.Pid])
		lines[q.Pid]++
		return r.wire.at(1 - min(0.9, float64(n)*flightR*1.6/max(1, r.wire.length()))), true
	case "answered", "reset":
		first, second := 0.0, home.length()
		if r != nil {
			first = r.wire.length()
		}
		gone := share * (first + second)
		if r != nil && gone < first {
			return r.wire.at(1 - gone/first), true
		}
		return home.at(1 - (gone-first)/max(1, second)), known
	}
	if r == nil || len(r.desks) == 0 {
		return gate, true
	}
	if f.threaded() {
		return r.desks[min(len(r.desks), max(1, int(q.Tid)))-1], true
	}
	n := min(atDesk-1, desks[q.Pid])
	desks[q.Pid]++
	desk := r.desks[0]
	return point{desk.x + float64(n)*3, desk.y + float64(n)*flightR*0.9*math.Pow(-1, float64(n))}, true
}

func (f *figure) flightInk(q *trace.RequestView) string {
	r := f.ringOf(q.Made, q.Sid)
	if r.gone {
		return "none"
	}
	return r.ink
}

// drawFlight draws a request: the visitor's letters, ringed as the cookie that
// it carries, and with the answer when it has one.
func (f *figure) drawFlight(q *trace.RequestView, at point) {
	r := f.ringOf(q.Made, q.Sid)
	classes := "flight " + r.ink
	switch {
	case q.Sid == "":
		classes = "flight fresh"
	case r.gone:
		classes = "flight gone"
	}
	f.circle(classes, at, flightR-2)
	letters := f.letters[q.Visitor]
	class := "tiny"
	if len([]rune(letters)) > 1 {
		class = "tiny long"
	}
	f.text(class, point{at.x, at.y + 4}, letters)
	came := q.Outcome()
	mark := came.Mark(trace.Visit)
	if came == trace.Served {
		mark = trace.Welcome.Mark(trace.Visit) // both say yes; letters are for the strip
	}
	if mark != "" {
		f.circle("halo", point{at.x + 10, at.y - 10}, 8.5)
		f.mark(mark, meaning(mark)+" round", point{at.x + 3, at.y - 17}, 14)
	}
}

// drawCommand draws a command on its way to the store, or its reply.
func (f *figure) drawCommand(visitor string, pid int16, phase string, share float64) {
	r := f.rooms[pid]
	if r == nil || phase == "returning" && share == 1 {
		return
	}
	classes := "command"
	if phase == "returning" {
		share, classes = 1-share, "command back"
	}
	at := r.toStore.at(share)
	f.rect(classes, at.x-8, at.y-8, 16, 16, 2)
	class := "tiny"
	if classes != "command" {
		class = "tiny signed"
	}
	f.text(class, point{at.x, at.y + 4}, f.letters[visitor])
}
