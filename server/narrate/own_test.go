package narrate_test

import (
	"strings"
	"testing"

	"procession/internal/own"
	"procession/server/narrate"
	"procession/sim"
	"procession/sim/trace"
)

// TestOwnWords: what an author says of a handler is told when it has answered,
// and when the answer is there; a logout by chance is told as such.
func TestOwnWords(t *testing.T) {
	sc, err := sim.Parse("visitors=Ada&think=400ms&script=login,vote*2,page*2&handlers=vote: read memory votes, add 1, write memory votes, answer 429 over 1 | page: read session user, answer 401 if missing&workers=2&balancer=round-robin")
	if err != nil {
		t.Fatal(err)
	}
	run := sim.New(sc)
	defer run.Close()
	run.Advance(60_000_000)
	n, err := narrate.New("en")
	if err != nil {
		t.Fatal(err)
	}
	n.Own([]own.Words{
		{Name: "vote", Word: "Vote", Says: map[int]string{200: "Process {process} counts {visitor}: {value}."}},
		{Name: "page", Says: map[int]string{200: "Here you are.", 401: "Who are you?"}},
	})
	told := map[string]int{}
	log := run.Log()
	for seq := 1; seq <= log.Len(); seq++ {
		var b strings.Builder
		for _, p := range n.Parts(log, log.At(seq)) {
			b.WriteString(p.Text)
		}
		told[b.String()]++
		if e := log.At(seq); e.Kind == trace.RequestDone && e.Chance == 1 && b.String() == "Who are you?" {
			t.Errorf("a logout by chance is told as %q", b.String())
		}
	}
	for want, times := range map[string]int{"Process 2 counts Ada: 1.": 2, "Process 1 counts Ada: 1.": 2, "Who are you?": 1, "Here you are.": 2} {
		if told[want] != times {
			t.Errorf("%q is told %d times, want %d; told: %v", want, told[want], times, told)
		}
	}
	found := false
	for line := range told {
		found = found || strings.Contains(line, "“Vote”")
	}
	if !found {
		t.Errorf("nobody asks for “Vote”; told: %v", told)
	}
}
