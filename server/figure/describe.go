package figure

import (
	"strings"

	"procession/sim/trace"
)

// describeMost is how many things of a kind are described one by one.
const describeMost = 8

// title is what the picture is, in a few words.
func (f *figure) title() string {
	return f.words("lessons.figure.title", "moment", Moment(f.now, f.words))
}

// Moment writes a virtual moment, µs, as people read it: 3.2 s.
func Moment(us int64, words func(string, ...any) string) string {
	return words("lessons.figure.seconds", "n", num(float64((us+50_000)/100_000)/10))
}

// describe says what is in the picture, for those who do not see it.
func (f *figure) describe() string {
	var say []string
	add := func(name string, values ...any) { say = append(say, f.words(name, values...)) }
	if told := f.sentence(); told != "" {
		say = append(say, told)
	}
	add("lessons.figure.setup", "setup", Setup(f.state, f.words))
	if f.crowded() {
		in, out := f.welcome()
		say = append(say, f.words("crowd", "n", len(f.state.Visitors))+", "+f.words("crowd.in", "n", in)+", "+f.words("crowd.out", "n", out)+".")
	} else {
		for i := range f.state.Visitors {
			say = append(say, f.describeVisitor(&f.state.Visitors[i]))
		}
	}
	for i := range f.state.Workers {
		if i == describeMost {
			break
		}
		w := &f.state.Workers[i]
		what := f.trouble(w)
		if what == "" {
			what = f.memory(w)
			if f.mode() == "local" || f.threaded() {
				what = f.kept(w.Sessions, what)
			}
		}
		add("lessons.figure.is", "who", f.words("process.n", "pid", w.Pid), "what", what)
	}
	if f.shared() {
		add("lessons.figure.is", "who", f.words("store.name."+f.state.Scenario["store-kind"]),
			"what", f.kept(f.state.Store.Sessions, f.words("store.is."+f.state.Store.State)))
	}
	return strings.Join(say, " ")
}

// describeVisitor says what a visitor holds and was answered.
func (f *figure) describeVisitor(v *trace.VisitorView) string {
	r := f.ringOf(v.Made, v.Sid)
	what := f.cookie(v, r)
	if v.Sid != "" && r.sign != "" && !r.gone {
		place := f.words("place.process", "pid", r.sign)
		if r.ink == "store" {
			place = f.words("place.store")
		}
		what += ", " + f.words("visitor.cookie", "place", place)
	}
	var last []string
	for _, c := range v.Strip[max(0, len(v.Strip)-stripMost):] {
		last = append(last, f.words("mark."+c.Mark[:1], "number", c.Mark[1:]))
	}
	if len(last) > 0 {
		what = f.words("lessons.figure.last", "what", what, "marks", strings.Join(last, ", "))
	}
	return f.words("lessons.figure.is", "who", v.Name, "what", what)
}

// kept says what a memory holds.
func (f *figure) kept(sessions []trace.SessionView, memory string) string {
	var names []string
	for i, s := range sessions {
		if i == describeMost {
			names = append(names, f.words("session.more", "n", len(sessions)-i))
			break
		}
		who := holder(s.Data)
		if who == "" {
			who = f.words("session.empty")
		}
		names = append(names, who)
	}
	if len(names) == 0 {
		return f.words("lessons.figure.empty", "memory", memory)
	}
	return f.words("lessons.figure.holds", "memory", memory, "names", strings.Join(names, ", "))
}

// Setup says in words what is set: copies, where sessions live, who chooses.
func Setup(s trace.Snapshot, words func(string, ...any) string) string {
	n := len(s.Workers)
	if s.Scenario["mode"] == "threads" {
		n = 0
		for _, w := range s.Workers {
			n += int(w.Threads)
		}
	}
	say := []string{words("lessons.setup."+s.Scenario["mode"], "n", n)}
	if n > 1 && s.Scenario["mode"] != "threads" {
		say = append(say, words("balancer."+s.Scenario["balancer"]))
	}
	if c := s.Scenario["connection"]; c != "per-request" {
		say = append(say, words("lessons.setup.connection", "connection", words("connection."+c)))
	}
	return strings.Join(say, " · ")
}
