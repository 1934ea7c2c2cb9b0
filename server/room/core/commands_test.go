package core_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"procession/server/room/core"
	"procession/sim/scenario"
)

// commandsContract is what every list of commands must do.
func commandsContract(t *testing.T, empty func(t *testing.T) core.Commands) {
	crash := func(at int64, worker int) scenario.Command {
		c, err := new(scenario.Scenario).ParseCommand(fmt.Sprintf("crash %d", worker))
		if err != nil {
			t.Fatal(err)
		}
		c.At = at
		return c
	}
	said := func(all []scenario.Command) string { return scenario.FormatCommands(all) }
	add := func(t *testing.T, l core.Commands, all ...scenario.Command) {
		t.Helper()
		for _, c := range all {
			before := l.Len()
			if got, err := l.Append(c); err != nil || got != before+1 || l.Len() != got {
				t.Fatalf("Append after %d: got the position %d, error %v; Len is %d", before, got, err, l.Len())
			}
		}
	}
	check := func(t *testing.T, l core.Commands, want string) {
		t.Helper()
		if diff := cmp.Diff(want, said(l.After(0))); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
	t.Run("empty", func(t *testing.T) {
		l := empty(t)
		if l.Len() != 0 || l.Size() != 0 || len(l.After(0)) != 0 {
			t.Errorf("got Len %d, Size %d, %v", l.Len(), l.Size(), l.After(0))
		}
	})
	t.Run("in the order in which they were given", func(t *testing.T) {
		l := empty(t)
		add(t, l, crash(9_000_000, 2), crash(1_000_000, 1), crash(1_000_000, 1))
		check(t, l, "9s crash 2; 1s crash 1; 1s crash 1")
		if got := said(l.After(1)); got != "1s crash 1; 1s crash 1" {
			t.Errorf("After(1): got %q", got)
		}
		if got := l.After(3); len(got) != 0 {
			t.Errorf("After(3): got %v", got)
		}
	})
	t.Run("size", func(t *testing.T) {
		l := empty(t)
		add(t, l, crash(1_500_000, 1))
		add(t, l, crash(2_000_000, 1))
		if got, want := l.Size(), len("1.5s crash 1; 2s crash 1; "); got != want {
			t.Errorf("got %d, want %d", got, want)
		}
	})
	t.Run("cut", func(t *testing.T) {
		l := empty(t)
		add(t, l, crash(9_000_000, 2), crash(1_000_000, 1), crash(2_000_000, 1), crash(2_000_001, 1))
		before := l.After(0)
		if err := l.Cut(2_000_000); err != nil {
			t.Fatal(err)
		}
		check(t, l, "1s crash 1; 2s crash 1")
		if got, want := l.Size(), len("1s crash 1; 2s crash 1; "); got != want {
			t.Errorf("Size: got %d, want %d", got, want)
		}
		if len(before) != 4 {
			t.Errorf("what was read before has %d commands", len(before))
		}
		add(t, l, crash(3_000_000, 2))
		check(t, l, "1s crash 1; 2s crash 1; 3s crash 2")
		if err := l.Cut(-1); err != nil || l.Len() != 0 || l.Size() != 0 {
			t.Errorf("cut before the beginning: got error %v, Len %d, Size %d", err, l.Len(), l.Size())
		}
	})
	t.Run("what was read stays when more is added", func(t *testing.T) {
		l := empty(t)
		add(t, l, crash(1, 1))
		read := l.After(0)
		add(t, l, crash(2, 1))
		if got := append(read, crash(7, 2)); len(got) != 2 {
			t.Errorf("got %v", got)
		}
		check(t, l, "0.000001s crash 1; 0.000002s crash 1")
	})
}

func TestMemory(t *testing.T) {
	commandsContract(t, func(*testing.T) core.Commands { return &core.Memory{} })
}
