package lessons

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"procession/sim"
	"procession/sim/play"
	"procession/sim/scenario"
	"procession/sim/trace"
)

// runs has the runs of a lesson, each once: steps that go on from each other,
// claims at several moments and other languages share one.
type runs struct {
	worlds map[string]*world // by scenario
	turn   play.Turn         // in which they are played; nil: at once
}

func newRuns(turn play.Turn) *runs { return &runs{map[string]*world{}, turn} }

// close ends all runs.
func (rs *runs) close() {
	for _, w := range rs.worlds {
		w.run.Close()
	}
}

// world gives the run of a scenario.
func (rs *runs) world(sc sim.Scenario) *world {
	key := sc.String()
	w := rs.worlds[key]
	if w == nil {
		w = &world{run: sim.New(sc), turn: rs.turn, facts: map[int64]*Facts{}, pictures: map[int64]trace.Snapshot{}}
		rs.worlds[key] = w
	}
	return w
}

// world is a run with what was asked of it.
type world struct {
	run      *sim.Run
	turn     play.Turn
	facts    map[int64]*Facts
	pictures map[int64]trace.Snapshot
}

// to brings the run to a moment. The error is a sentence.
func (w *world) to(ctx context.Context, at int64) error {
	return play.To(ctx, w.run, play.Bounds{Until: at, Events: MaxEvents}, w.turn)
}

// factsAt gives what the run came to at a moment.
func (w *world) factsAt(ctx context.Context, at int64) (*Facts, error) {
	if f := w.facts[at]; f != nil {
		return f, nil
	}
	if err := w.to(ctx, at); err != nil {
		return nil, err
	}
	w.facts[at] = FactsOf(w.run.Log(), at)
	return w.facts[at], nil
}

// pictureAt gives the picture of the run at a moment.
func (w *world) pictureAt(ctx context.Context, at int64) (trace.Snapshot, error) {
	if p, ok := w.pictures[at]; ok {
		return p, nil
	}
	if w.run.Now() > at {
		// It is further already, and a run does not go back.
		again := &world{run: sim.New(w.run.Scenario()), turn: w.turn}
		defer again.run.Close()
		if err := again.to(ctx, at); err != nil {
			return trace.Snapshot{}, err
		}
		w.pictures[at] = again.run.Snapshot()
		return w.pictures[at], nil
	}
	if err := w.to(ctx, at); err != nil {
		return trace.Snapshot{}, err
	}
	w.pictures[at] = w.run.Snapshot()
	return w.pictures[at], nil
}

// refusal is a command that a run could not carry out.
type refusal struct {
	at  int64 // virtual µs
	why string
}

// refused gives the commands that the run could not carry out after a moment
// and up to another one.
func (w *world) refused(from, until int64) []refusal {
	log := w.run.Log()
	var all []refusal
	for seq := log.First(); seq <= log.Len(); seq++ {
		e := log.At(seq)
		if e.Ts > until {
			break
		}
		if e.Kind == trace.CommandRefused && (e.Ts > from || from == 0) {
			all = append(all, refusal{e.Ts, fmt.Sprintf("the command \"%s %s\" cannot be carried out: %s", scenario.FormatDuration(e.Ts), log.Text(e.Text), log.Text(e.Note))})
		}
	}
	return all
}

// cannotRun makes a problem of a run that did not get to its end.
func (t *teller) cannotRun(line int, err error) Problem {
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
		return t.problem(line, "there was no time left for the run of this step")
	}
	if broken := (*sim.Broken)(nil); errors.As(err, &broken) && !slices.Contains(t.broke, err) {
		t.broke = append(t.broke, err)
	}
	return t.problem(line, "the run of this step cannot be finished: %v", err)
}

func (l *Lesson) problem(line int, format string, args ...any) Problem {
	return Problem{l.File, line, fmt.Sprintf(format, args...)}
}
