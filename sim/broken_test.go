package sim_test

import (
	"errors"
	"runtime"
	"strings"
	"testing"

	"procession/sim"
	"procession/sim/scenario"
	"procession/sim/trace"
)

// TestBroken: a panic inside the simulator is the run's error, wherever it
// comes from: the engine's own goroutine, a simulated thread, a command or the
// first moment. The run can still be looked at and closed.
func TestBroken(t *testing.T) {
	for name, test := range map[string]struct {
		at trace.Kind
		do string
	}{
		"in the engine": {at: trace.RequestRouted},
		"in a thread":   {at: trace.SessionSaved},
		"in a command":  {at: trace.CommandApplied, do: "crash 1"},
		"at the start":  {at: trace.RunStarted},
	} {
		before := runtime.NumGoroutine()
		sc, err := sim.Parse("visitors=2&seed=7")
		if err != nil {
			t.Fatal(err)
		}
		run := sim.New(sc)
		run.Log().Hook = func(e *trace.Event) {
			if e.Kind == test.at {
				panic("on purpose")
			}
		}
		run.Advance(10e6)
		if test.do != "" {
			c, err := new(scenario.Scenario).ParseCommand(test.do)
			if err != nil {
				t.Fatal(err)
			}
			_, err = run.Apply(c)
			if broken := (*sim.Broken)(nil); !errors.As(err, &broken) {
				t.Errorf("%s: the command gave the error %v", name, err)
			}
		}
		var broken *sim.Broken
		if !errors.As(run.Err(), &broken) {
			t.Fatalf("%s: got the error %v", name, run.Err())
		}
		if broken.Value != "on purpose" || !strings.Contains(string(broken.Stack), "TestBroken") {
			t.Errorf("%s: it does not say what happened: %v\n%s", name, broken.Value, broken.Stack)
		}
		if !strings.Contains(broken.Error(), "/?") || !strings.Contains(broken.Error(), "seed=7") || !strings.Contains(broken.Error(), strings.ReplaceAll(test.do, " ", "+")) {
			t.Errorf("%s: no link to report: %s", name, broken)
		}
		if broken.At != run.Now() {
			t.Errorf("%s: it broke at %d, and the run is at %d", name, broken.At, run.Now())
		}
		if next, ok := run.Next(); ok {
			t.Errorf("%s: it goes on at %d", name, next)
		}
		events := run.Log().Len()
		run.Advance(20e6)
		if run.Log().Len() != events {
			t.Errorf("%s: it went on", name)
		}
		run.Snapshot()
		run.Close()
		run.Close()
		if after := settle(before); after > before {
			t.Errorf("%s: %d goroutines before, %d after", name, before, after)
		}
	}
}
