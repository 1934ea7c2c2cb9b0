package cli

import (
	"context"
	"errors"
	"fmt"

	"procession/sim"
	"procession/sim/play"
	"procession/sim/trace"
)

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
	show := func() error {
		for seq < log.Len() {
			seq++
			if err := each(log, log.At(seq)); err != nil {
				return err
			}
		}
		log.Trim(keep)
		return nil
	}
	err := play.To(interrupted, run, play.Bounds{Until: until, After: show}, nil)
	switch stuck := run.Err(); {
	case stuck != nil:
		// What happened before is shown all the same.
		if err := show(); err != nil {
			return left{}, err
		}
		return left{}, cannotGoOn(run.Now(), stuck)
	case err != nil && interrupted.Err() == nil:
		return left{}, err
	}
	return left{now: run.Now(), scenario: run.Scenario(), interrupted: err != nil}, nil
}

// cannotGoOn says why a run stopped at a moment, in virtual µs.
func cannotGoOn(at int64, err error) error {
	if broken := (*sim.Broken)(nil); errors.As(err, &broken) {
		return err // it says where
	}
	return fmt.Errorf("the run could not go on at %d µs: %w", at, err)
}
