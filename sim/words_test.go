package sim_test

import (
	"slices"
	"strings"
	"testing"

	"procession/sim"
	"procession/sim/redis"
	"procession/sim/store"
	"procession/sim/trace"
)

// TestWordsAreSentAsShown: what the server got, as its monitor prints it, is
// what the trace shows, command for command.
func TestWordsAreSentAsShown(t *testing.T) {
	verbs := map[string]int{}
	for _, query := range []string{
		"mode=store&script=login,visit*3,cart*2,logout,visit",
		"mode=store&script=login,visit*3&max-age=2s&rolling=true&resave=true&views=true&save-uninitialized=true&cookie-secure=trust-proxy",
		"mode=store&script=login*2,count*3,chat*2&regenerate=true&chat=pubsub&visitors=Zoë,O'Neil",
		"mode=store&script=count*5&counter=atomic",
		"mode=local&script=chat*3,login&chat=pubsub",
		"mode=store&store-client=ioredis&script=login,visit*8&do=3s store down; 4s store slow; 20s store up",
		"mode=store&store-client=timeout&store-kind=database&script=login,visit*8,count&do=3s store slow; 9s store up",
	} {
		run := begin(t, query)
		if _, err := run.Store().Do("PING"); err != nil { // connects, so that the greeting is not seen
			t.Fatal(err)
		}
		lines, stop := run.Store().(*redis.Store).View().Monitor()
		run.Advance(3600 * 1e6)
		stop()
		var sent, shown []string
		for _, line := range lines.Take() { // all of them: there are no more after stop
			_, words, _ := strings.Cut(line, "] ")
			sent = append(sent, words)
		}
		for i := 1; i <= run.Log().Len(); i++ {
			if e := run.Log().At(i); e.Kind == trace.StoreExecuted {
				shown = append(shown, run.Log().Text(e.Text))
				verb, _, _ := strings.Cut(run.Log().Text(e.Text), " ")
				verbs[verb]++
			}
		}
		if run.Err() != nil || len(sent) == 0 || !slices.Equal(sent, shown) {
			t.Errorf("%s (%v)\n sent %q\nshown %q", query, run.Err(), sent, shown)
		}
	}
	for _, verb := range []string{`"GET"`, `"SET"`, `"EXPIRE"`, `"DEL"`, `"INCR"`, `"PUBLISH"`} {
		if verbs[verb] == 0 {
			t.Errorf("no %s was sent", verb)
		}
	}
}

// another is a store of the caller's that notes what it is asked.
type another struct {
	store.Store
	asked  int
	closed bool
}

func (a *another) Do(words ...string) (any, error) {
	a.asked++
	return a.Store.Do(words...)
}

func (a *another) Close() {
	a.closed = true
	a.Store.Close()
}

// TestStoreIsTheCallers: a run sends its commands to the store that it is
// given, and closes it.
func TestStoreIsTheCallers(t *testing.T) {
	sc, err := sim.Parse("mode=store&script=login,visit*3,count")
	if err != nil {
		t.Fatal(err)
	}
	s := &another{Store: redis.New()}
	run := sim.NewWith(sc, s)
	run.Advance(60 * 1e6)
	if got := run.Snapshot().Totals.Commands; got == 0 || got != s.asked {
		t.Errorf("%d commands are counted, and %d came", got, s.asked)
	}
	if run.Close(); !s.closed {
		t.Error("the store is still open")
	}
}
