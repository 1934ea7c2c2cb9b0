package sim

import (
	"errors"
	"fmt"
	"runtime/debug"

	"procession/sim/cluster"
	"procession/sim/des"
	"procession/sim/redis"
	"procession/sim/scenario"
	"procession/sim/store"
	"procession/sim/trace"
)

// Scenario describes a run.
type Scenario = scenario.Scenario

// Command is what people do to a run.
type Command = scenario.Command

// Parse reads a scenario from the flat grammar; see scenario.Parse.
func Parse(query string) (Scenario, error) { return scenario.Parse(query) }

// Run is one simulated world on its way through virtual time. It is used by
// one goroutine at a time. A mistake inside the simulator does not panic: it
// ends the run, and Err is a *Broken.
type Run struct {
	env   *des.Env
	log   *trace.Log
	store store.Store
	world *cluster.Cluster
	sc    Scenario  // as it began
	do    []Command // commands that are still to come, by At
	given []Command // all commands, by At
	begun bool
	err   error
}

// stuckAfter is how many events at one and the same moment mean that virtual
// time no longer moves. The largest crowd that begins together needs fewer.
const stuckAfter = 1_000_000

// New makes a run whose shared store is a Redis server in this program. Nothing
// happens before the first Advance or Apply.
func New(sc Scenario) *Run { return NewWith(sc, redis.New()) }

// NewWith makes a run with a shared store of the caller's, which is empty, at
// virtual time 0, and closed with the run.
func NewWith(sc Scenario, server store.Store) *Run {
	r := &Run{env: des.NewEnv(), log: trace.NewLog(), store: server, sc: sc}
	r.env.SetBudget(stuckAfter)
	r.world = cluster.New(r.env, r.log, sc, server)
	r.do = append(r.do, sc.Do...)
	r.given = append(r.given, sc.Do...)
	return r
}

// Now gives the moment that the run has reached, in virtual µs.
func (r *Run) Now() int64 { return r.env.Now() }

// Next says when the next thing will happen; !ok when nothing is left.
func (r *Run) Next() (ts int64, ok bool) {
	if r.Ended() || r.err != nil {
		return 0, false
	}
	if !r.begun {
		return 0, true
	}
	ts, ok = r.env.Peek()
	if len(r.do) > 0 && (!ok || r.do[0].At < ts) {
		ts, ok = r.do[0].At, true
	}
	return min(ts, scenario.MaxTime), ok
}

// Advance does everything up to and including a moment. A command comes before
// the events of its microsecond. A run that has ended stays where it ended; at
// 24 h of virtual time every run ends.
func (r *Run) Advance(to int64) {
	defer r.contain()
	to = min(to, scenario.MaxTime)
	r.begin()
	for len(r.do) > 0 && r.do[0].At <= to && r.goesOn() {
		c := r.do[0]
		if r.env.RunBefore(c.At); !r.goesOn() {
			return
		}
		r.do = r.do[1:]
		r.world.Apply(c)
	}
	if !r.goesOn() || to < r.Now() {
		return
	}
	if r.env.RunUntil(to); r.goesOn() && to == scenario.MaxTime {
		r.world.End()
	}
}

// contain makes a panic of the simulator the error of the run. It is deferred.
func (r *Run) contain() {
	v := recover()
	if v == nil {
		return
	}
	stack := debug.Stack()
	if p, ok := v.(*des.Panic); ok { // in a goroutine of the run
		v, stack = p.Value, p.Stack
	}
	if broken := (*Broken)(nil); !errors.As(r.err, &broken) { // the first one says why
		r.err = &Broken{Scenario: r.Scenario().String(), At: r.Now(), Value: v, Stack: stack}
	}
}

// goesOn says whether the run can go on, and keeps the reason when it cannot.
func (r *Run) goesOn() bool {
	if r.err == nil {
		r.err = r.env.Err()
	}
	if r.err == nil && r.world.Overflowed() {
		r.err = &scenario.Error{Key: "run", Value: fmt.Sprintf("more after %d s of virtual time", r.Now()/1_000_000),
			Allowed: "{n} events; take fewer visitors or a longer think", Places: scenario.Places{"n": fmt.Sprint(scenario.MaxEvents)}}
	}
	return r.err == nil && !r.Ended()
}

func (r *Run) begin() {
	if !r.begun {
		r.begun = true
		r.world.Begin()
	}
}

// Check says whether a command is possible now. A *scenario.Error says why it
// is not; any other error is that of Err. The run stays as it is.
func (r *Run) Check(c Command) (err error) {
	defer func() {
		if err == nil {
			err = r.err
		}
	}()
	defer r.contain()
	if r.err != nil {
		return r.err
	}
	if r.Ended() {
		return &scenario.Error{Key: "command", Value: c.String(), Allowed: "nothing more, since this run has ended; start it again"}
	}
	if len(r.given) >= scenario.MaxCommands {
		return &scenario.Error{Key: "command", Value: c.String(), Allowed: "{n} commands in a run; start it again", Places: scenario.Places{"n": fmt.Sprint(scenario.MaxCommands)}}
	}
	r.begin()
	return r.world.Check(c)
}

// Give takes a command that was checked and stamped with a moment after Now,
// and does everything up to and including that moment.
func (r *Run) Give(c Command) {
	if c.At <= r.Now() {
		panic("sim: Run.Give: a command that is not stamped with a later moment")
	}
	r.do = insert(r.do, c)
	r.given = insert(r.given, c)
	r.Advance(c.At)
}

// Apply gives the run a command now: it is checked, stamped with the next
// microsecond and carried out there. The error is that of Check, or of Err.
func (r *Run) Apply(c Command) (Command, error) {
	if err := r.Check(c); err != nil {
		return c, err
	}
	c.At = r.Now() + 1
	r.Give(c)
	return c, r.err
}

// insert puts a command behind those of its moment and before.
func insert(list []Command, c Command) []Command {
	i := len(list)
	for i > 0 && list[i-1].At > c.At {
		i--
	}
	list = append(list, Command{})
	copy(list[i+1:], list[i:])
	list[i] = c
	return list
}

// Log gives the trace so far.
func (r *Run) Log() *trace.Log { return r.log }

// Snapshot gives the picture as it is now; an empty one when making it breaks
// the run.
func (r *Run) Snapshot() trace.Snapshot {
	defer r.contain()
	return r.world.Snapshot()
}

// Ended says whether the run is over.
func (r *Run) Ended() bool { return r.world.Ended() }

// Err says why a run cannot go on: it makes no progress in virtual time, has
// come to the limit of events, or broke (*Broken).
func (r *Run) Err() error { return r.err }

// Scenario gives the scenario with all commands given so far: its String is
// the link to this run.
func (r *Run) Scenario() Scenario {
	sc := r.sc
	sc.Do = append([]Command(nil), r.given...)
	return sc
}

// Store gives the run's shared store, to look into.
func (r *Run) Store() store.Store { return r.store }

// Close ends the run and leaves no goroutine behind.
func (r *Run) Close() {
	defer r.contain()
	defer r.world.Close()
	r.env.Close()
}
