package narrate_test

import (
	"fmt"
	"strings"

	"procession/server/narrate"
	"procession/sim"
	"procession/sim/trace"
)

// plain gives the sentence of an event without its colours.
func plain(n *narrate.Narrator, l *trace.Log, e *trace.Event) string {
	var b strings.Builder
	for _, part := range n.Parts(l, e) {
		b.WriteString(part.Text)
	}
	return b.String()
}

func Example() {
	sc, err := sim.Parse("visitors=Ada&script=login,visit")
	if err != nil {
		fmt.Println(err)
		return
	}
	run := sim.New(sc)
	defer run.Close()
	run.Advance(60_000_000)

	n, err := narrate.New("en")
	if err != nil {
		fmt.Println(err)
		return
	}
	log := run.Log()
	for seq := log.First(); seq <= log.Len(); seq++ {
		e := log.At(seq)
		text := plain(n, log, e) // it wants every event, in order
		if e.Kind == trace.SessionRead || e.Kind == trace.RequestDone {
			fmt.Println(text)
		}
	}
	// Output:
	// Ada came without a cookie, so process 1 has nothing to look up.
	// Ada is logged in, after 1.62 s.
	// Process 2 looks up a8be in its own memory and finds nothing: the session lives in process 1.
	// Ada did nothing wrong and sees “Please log in”: logged out by chance.
}
