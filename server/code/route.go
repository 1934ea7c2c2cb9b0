package code

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"procession/sim/scenario"
)

// route is a handler of an author's own as one would write it for Express:
// a line for each step, and what the lines are about.
//
//	app.post('/vote', async (req, res) => {
//	  let n = memory.get('votes') ?? 0
//	  n += 1
//	  memory.set('votes', n)
//	  res.json({ n })
//	})
type route struct {
	handler *scenario.Handler
	lines   []string
	places  []place // of the lines between the first and the last, in order

	declared bool // there is a variable n
	missing  bool // some step asks whether n is missing, so it is undefined where it is
	unsure   bool // n may be undefined here
	shows    bool // a memory was asked, so an answer shows n
	job      bool // nobody waits for an answer
}

// place is what a line of a route is about.
type place struct {
	line   int // of the file, from 1
	step   scenario.Step
	status int // of an answer; 0: it is none
}

// newRoute writes a handler whose first line will be a given one of the file.
func newRoute(h *scenario.Handler, first int) *route {
	r := &route{handler: h, job: h.Name == scenario.Job}
	r.missing = slices.ContainsFunc(h.Steps, func(s scenario.Step) bool { return s.If == scenario.Missing })
	r.unsure = r.missing
	r.lines = []string{""} // the first one is known last
	r.declare()
	ended := false
	for i, s := range h.Steps {
		text := r.statement(s, h.Steps[i+1:])
		r.places = append(r.places, place{line: first + len(r.lines), step: s, status: statusOf(s)})
		r.lines = append(r.lines, "  "+text)
		if ended = s.Act == scenario.Answer && s.If == scenario.Always; ended {
			break // what stands behind it is never reached
		}
	}
	if !ended && !r.job {
		r.places = append(r.places, place{line: first + len(r.lines), step: scenario.Step{Act: scenario.Answer, N: 200}, status: 200})
		r.lines = append(r.lines, "  "+r.answer(200))
	}
	r.lines[0] = r.head()
	r.lines = append(r.lines, map[bool]string{true: "}", false: "})"}[r.job])
	return r
}

func statusOf(s scenario.Step) int {
	if s.Act == scenario.Answer {
		return int(s.N)
	}
	return 0
}

// head gives the first line. What only reads is asked for with GET, but for a
// page that the app has already.
func (r *route) head() string {
	async := map[bool]string{true: "async ", false: ""}[slices.ContainsFunc(r.lines, func(l string) bool { return strings.Contains(l, "await ") })]
	if r.job {
		return async + "function job() {"
	}
	method := "get"
	if r.handler.Name == "me" || slices.ContainsFunc(r.handler.Steps, func(s scenario.Step) bool { return s.Act == scenario.Write || s.Act == scenario.Incr }) {
		method = "post"
	}
	return fmt.Sprintf("app.%s('/%s', %s(req, res) => {", method, r.handler.Name, async)
}

// declare writes the line that makes n, where no step does it by itself.
func (r *route) declare() {
	for _, s := range r.handler.Steps {
		sets := s.Act == scenario.Read || s.Act == scenario.Put || s.Act == scenario.Incr
		if !sets && s.If == scenario.Always && s.Act != scenario.Add && s.Act != scenario.Write {
			continue // it has nothing to do with n
		}
		if !sets || s.If != scenario.Always {
			r.declared = true
			switch {
			case r.missing:
				r.lines = append(r.lines, "  let n")
			case r.changes() == 0:
				r.lines = append(r.lines, "  const n = 0")
			default:
				r.lines = append(r.lines, "  let n = 0")
			}
		}
		return
	}
}

// statement writes a step, with its condition; then come others.
func (r *route) statement(s scenario.Step, then []scenario.Step) string {
	condition := r.condition(s)
	text := ""
	switch s.Act {
	case scenario.Compute:
		text = "compute(" + milliseconds(s.N) + ")"
	case scenario.Pause:
		text = "await pause(" + milliseconds(s.N) + ")"
	case scenario.Read:
		text = r.set(r.read(s))
		r.shows = true
	case scenario.Incr:
		text = "await client.incr(" + quoted(s.Name) + ")"
		if !r.job || slices.ContainsFunc(then, uses) {
			text = r.set(text)
		}
		r.shows = true
	case scenario.Put:
		if text = r.set(number(s.N)); s.If == scenario.Missing {
			text, condition = "n ??= "+number(s.N), ""
		}
	case scenario.Add:
		text = r.add(s.N)
	case scenario.Write:
		text = r.write(s)
	case scenario.Answer:
		if text = r.answered(s); s.If != scenario.Always && !r.job {
			text = "return " + text
		}
	}
	r.became(s)
	return condition + text
}

// became keeps whether n may be undefined after a step.
func (r *route) became(s scenario.Step) {
	switch s.Act {
	case scenario.Read:
		r.unsure = r.missing
	case scenario.Add, scenario.Put, scenario.Incr, scenario.Answer:
		// Behind an answer that is given where n is missing it is not.
		if s.If == scenario.Missing || s.If == scenario.Always && s.Act != scenario.Answer {
			r.unsure = false
		}
	}
}

// uses says whether a step has something to do with n as it is.
func uses(s scenario.Step) bool {
	return s.If != scenario.Always || s.Act == scenario.Add || s.Act == scenario.Write
}

// answered writes an answer. Its condition may say what n is.
func (r *route) answered(s scenario.Step) string {
	unsure := r.unsure
	defer func() { r.unsure = unsure }()
	if s.If == scenario.Over && s.Limit >= 0 {
		r.unsure = false
	}
	text := r.answer(int(s.N))
	if s.If == scenario.Missing {
		return strings.Replace(text, "n: n ?? 0", "n: 0", 1)
	}
	return text
}

// condition writes what stands before a step that is not always taken.
func (r *route) condition(s scenario.Step) string {
	switch s.If {
	case scenario.Over:
		return fmt.Sprintf("if (%s > %d) ", r.compared(s.Limit >= 0), s.Limit)
	case scenario.Under:
		return fmt.Sprintf("if (%s < %d) ", r.compared(s.Limit <= 0), s.Limit)
	case scenario.Missing:
		return "if (n === undefined) "
	}
	return ""
}

// compared gives n for a comparison. Where that is false of 0, undefined does
// as well.
func (r *route) compared(falseOfNone bool) string {
	if falseOfNone || !r.unsure {
		return "n"
	}
	return "(n ?? 0)"
}

// value gives n as a number.
func (r *route) value() string {
	if r.unsure {
		return "n ?? 0"
	}
	return "n"
}

// set writes that n is something from here on.
func (r *route) set(what string) string {
	if r.declared {
		return "n = " + what
	}
	r.declared = true
	if r.changes() > 1 {
		return "let n = " + what
	}
	return "const n = " + what
}

// changes counts the steps that change n.
func (r *route) changes() int {
	n := 0
	for _, s := range r.handler.Steps {
		switch s.Act {
		case scenario.Read, scenario.Put, scenario.Add, scenario.Incr:
			n++
		}
	}
	return n
}

func (r *route) add(n int64) string {
	switch {
	case r.unsure && n < 0:
		return "n = (n ?? 0) - " + number(-n)
	case r.unsure:
		return "n = (n ?? 0) + " + number(n)
	case n < 0:
		return "n -= " + number(-n)
	}
	return "n += " + number(n)
}

// read writes where a number is read. Where it may be missing it is undefined
// then, else 0.
func (r *route) read(s scenario.Step) string {
	otherwise := map[bool]string{true: "", false: " ?? 0"}[r.missing]
	switch {
	case s.Place == scenario.Store && r.missing:
		return "numberOf(await client.get(" + quoted(s.Name) + "))"
	case s.Place == scenario.Store:
		return "Number(await client.get(" + quoted(s.Name) + "))" // of null it is 0
	case s.Place == scenario.InSession && s.Name == scenario.UserName:
		return "req.session.user ? 1 : " + map[bool]string{true: "undefined", false: "0"}[r.missing]
	case s.Place == scenario.InSession:
		return property(s.Name) + otherwise
	}
	return "memory.get(" + quoted(s.Name) + ")" + otherwise
}

func (r *route) write(s scenario.Step) string {
	switch s.Place {
	case scenario.Store:
		return "await client.set(" + quoted(s.Name) + ", String(" + r.value() + "))"
	case scenario.InSession:
		return property(s.Name) + " = " + r.value()
	}
	return "memory.set(" + quoted(s.Name) + ", " + r.value() + ")"
}

// answer writes the end with a status.
func (r *route) answer(status int) string {
	shown := map[bool]string{true: "{ n: n ?? 0 }", false: "{ n }"}[r.unsure]
	switch {
	case r.job:
		return "return"
	case !r.shows:
		return fmt.Sprintf("res.sendStatus(%d)", status)
	case status == 200:
		return "res.json(" + shown + ")"
	}
	return fmt.Sprintf("res.status(%d).json(%s)", status, shown)
}

// property writes a number of the session.
func property(name string) string {
	if strings.Contains(name, "-") {
		return "req.session[" + quoted(name) + "]"
	}
	return "req.session." + name
}

// quoted writes a name, of which the grammar makes sure that it needs no escape.
func quoted(name string) string { return "'" + name + "'" }

func number(n int64) string { return strconv.FormatInt(n, 10) }

// milliseconds writes µs as people write them in JavaScript.
func milliseconds(us int64) string { return strconv.FormatFloat(float64(us)/1000, 'f', -1, 64) }
