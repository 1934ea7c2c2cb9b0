package room_test

import (
	"io"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"procession/server/room"
	"procession/server/wire"
	"procession/sim"
	"procession/sim/scenario"
)

// truth is a set of rooms with real runs.
type truth struct {
	*room.Rooms
	runs []*sim.Run // in the order in which they began
}

func inTruth(t *testing.T, test func(*testing.T, *truth)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		h := &truth{}
		h.Rooms = room.NewRooms(room.Options{
			Limit: 10,
			New: func(sc scenario.Scenario) room.Run {
				r := sim.New(sc)
				h.runs = append(h.runs, r)
				return r
			},
			Logger: slog.New(slog.NewTextHandler(io.Discard, nil)),
		})
		defer h.Close()
		test(t, h)
	})
}

// story gives the trace of a run up to and including a moment.
func story(r *sim.Run, until int64) string {
	var b strings.Builder
	log := r.Log()
	for seq := 1; seq <= log.Len() && log.At(seq).Ts <= until; seq++ {
		b.Write(log.AppendJSON(nil, log.At(seq)))
		b.WriteByte('\n')
	}
	return b.String()
}

// replay gives the trace that a scenario's link has up to a moment.
func replay(t *testing.T, query string, until int64) string {
	t.Helper()
	sc, err := scenario.Parse(query)
	if err != nil {
		t.Fatal(err)
	}
	r := sim.New(sc)
	defer r.Close()
	r.Advance(until)
	return story(r, until)
}

// same compares the traces of runs; what is shown is where they part.
func same(t *testing.T, what, got, want string) {
	t.Helper()
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			t.Errorf("%s: event %d (-want +got):\n%s", what, i+1, cmp.Diff(w[i], g[i]))
			return
		}
	}
	if len(g) != len(w) {
		t.Errorf("%s: got %d events, want %d", what, len(g)-1, len(w)-1)
	}
}

var begin = wire.Open{Playing: true}
