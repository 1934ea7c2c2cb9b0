package sim_test

import (
	"slices"
	"testing"

	"procession/sim/trace"
)

// TestSecretPerProcess: a signature fits the process that made it, as long as
// that lives. express-session looks for nothing under a cookie that does not
// fit, cookie-session clears its signature; both as they were measured.
func TestSecretPerProcess(t *testing.T) {
	const base = "costs=measured&think=20ms&visitors=1&script=login,visit*8&secret=per-process&"
	for _, c := range []struct{ about, query, want string }{
		{"with Redis", "mode=store", "AL* B- A+ B- A+ B- A+ B- A+"},
		{"with Redis and saveUninitialized", "mode=store&save-uninitialized=true", "AL* B-* A-* B-* A-* B-* A-* B-* A-*"},
		{"with a session in a cookie", "mode=cookie", "AL* B-x A- B- A- B- A- B- A-"},
		{"and three processes", "mode=cookie&workers=3", "AL* B-x C- A- B- C- A- B- C-"},
		{"with one process nobody notices", "mode=store&workers=1", "AL* A+ A+ A+ A+ A+ A+ A+ A+"},
		{"with a process's own memory it changes nothing", "mode=local", "AL* B- A+ B- A+ B- A+ B- A+"},
		{"threads have one secret", "mode=threads&workers=4", "AL* A+ A+ A+ A+ A+ A+ A+ A+"},
		{"whoever stays with one process does not notice", "mode=store&connection=keep-alive", "AL* A+ A+ A+ A+ A+ A+ A+ A+"},
		{"a restart makes another secret, though Redis still has the session", "mode=store&workers=1&think=400ms&do=1s restart", "AL* A+ A+ ! A- A- A- A- A-"},
		{"with one secret it does not", "mode=store&workers=1&think=400ms&secret=shared&do=1s restart", "AL* A+ A+ ! A+ A+ A+ A+ A+"},
		{"another secret for all puts everybody out at once", "mode=store&workers=1&secret=shared&do=90ms set secret=per-process", "AL* A+ A+ A+ A+ A- A- A- A-"},
		{"a cart where the secret is another begins another session", "mode=store&script=login,cart,visit*3", "AL* BC* A- B- A-"},
		{"a cart in a cookie does, too", "mode=cookie&script=login,cart,visit*2", "AL* BC* A-x B-"},
		{"a logout ends nothing there", "mode=store&script=login,logout,visit*2", "AL* BO A+ B-"},
	} {
		t.Run(c.about, func(t *testing.T) {
			if got := cells(finish(t, merged(base, c.query)).Log()); got != c.want {
				t.Errorf("%s\n got %s\nwant %s", c.query, got, c.want)
			}
		})
	}
}

// TestSecretIsToBlame: a cookie that does not fit is a miss for which no memory
// was asked, the store gets no command, and who is out by it is told why.
func TestSecretIsToBlame(t *testing.T) {
	for query, home := range map[string]trace.Memory{"mode=store": trace.Store, "mode=local": trace.ProcessMemory(1, 1)} {
		log := finish(t, query+"&costs=measured&think=20ms&visitors=1&script=login,visit&secret=per-process").Log()
		var blamed []trace.Event
		commands := 0
		for i := 1; i <= log.Len(); i++ {
			switch e := log.At(i); {
			case e.Kind == trace.SessionRead && e.Session == trace.Miss:
				blamed = append(blamed, *e)
			case e.Kind == trace.StoreSent && e.Pid == 2:
				commands++
			}
		}
		if len(blamed) != 1 || blamed[0].Why != trace.WhySecret || blamed[0].Mem != 0 || blamed[0].Home != home {
			t.Errorf("%s: misses %+v, want one in no memory, with the secret to blame and the session in %d", query, blamed, home)
		}
		if commands != 0 {
			t.Errorf("%s: process 2 sent %d commands for a session that it must not look for", query, commands)
		}
	}
	for query, want := range map[string][]string{
		"mode=store":  {"secret", "secret"},
		"mode=cookie": {"secret", "secret", "secret", "secret"},
	} {
		log := finish(t, query+"&costs=measured&think=20ms&visitors=1&script=login,visit*4&secret=per-process").Log()
		var got []string
		for i := 1; i <= log.Len(); i++ {
			if e := log.At(i); e.Kind == trace.RequestDone && e.Chance == 1 {
				got = append(got, e.Why.String())
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: logouts by chance are blamed on %v, want %v", query, got, want)
		}
	}
}
