package cli

import (
	"context"
	"fmt"

	"procession/sim"
	"procession/sim/trace"
)

// slice is how much virtual time goes by between two looks at what happened,
// in µs: the events of a slice are what is held in memory.
const slice = 100_000

// keep is how many events the log holds while they are streamed out. The run
// itself needs none.
const keep = 0

// left says how a run was left.
type left struct {
	now         int64        // virtual µs: where it ended, the moment asked for, or where it was interrupted
	scenario    sim.Scenario // with the commands given
	interrupted bool
}

// watch runs a scenario to its end, to a moment (virtual µs) or to an
// interrupt, and shows each event, in order. An error of each ends it.
func watch(interrupted context.Context, sc sim.Scenario, until int64, each func(l *trace.Log, e *trace.Event) error) (left, error) {
	run := sim.New(sc)
	defer run.Close()
	log := run.Log()
	seq := 0
	for interrupted.Err() == nil {
		next, ok := run.Next()
		if !ok || next > until {
			break
		}
		run.Advance(min(until, next+slice))
		for seq < log.Len() {
			seq++
			if err := each(log, log.At(seq)); err != nil {
				return left{}, err
			}
		}
		log.Trim(keep)
	}
	if err := run.Err(); err != nil {
		return left{}, stuckError{at: run.Now(), err: err}
	}
	l := left{now: run.Now(), scenario: run.Scenario(), interrupted: interrupted.Err() != nil}
	if !l.interrupted && !run.Ended() {
		l.now = until
	}
	return l, nil
}

// stuckError says that a run makes no progress in virtual time.
type stuckError struct {
	at  int64 // virtual µs
	err error
}

func (s stuckError) Error() string {
	return fmt.Sprintf("the run could not go on at %d µs: %v", s.at, s.err)
}

func (s stuckError) Unwrap() error { return s.err }
