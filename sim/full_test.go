package sim_test

import (
	"fmt"
	"strings"
	"testing"

	"procession/sim/trace"
)

// TestStoreFull is the measured case: a store that is full says so to a SET,
// which comes after the answer's first bytes.
func TestStoreFull(t *testing.T) {
	const people = "costs=measured&mode=store&traffic=none&visitors=Ada,Bob"
	do := func(lines ...string) string {
		var at []string
		for i, line := range lines {
			at = append(at, fmt.Sprintf("%ds %s", i, line))
		}
		return "&do=" + strings.Join(at, "; ")
	}
	for _, c := range []struct{ about, query, want string }{
		{"as measured",
			people + do("login Ada", "visit Ada", "store full", "visit Ada", "cart Ada", "visit Ada", "login Bob", "visit Bob", "visit Bob", "logout Ada", "visit Ada"),
			"AL* B+ A+ BC A+ BL* A- B- AO B-"},
		{"what is written once more is refused, too, and stands as it was",
			people + "&views=true" + do("login Ada", "store full", "visit Ada", "visit Ada"),
			"AL* B+ A+"},
		{"the counter's own handler hears of it",
			people + do("count Ada", "store full", "count Ada", "chat Ada", "store up", "count Ada"),
			"AN B5 AT BN"},
		{"so does INCR, and PUBLISH needs no memory",
			people + "&counter=atomic&chat=pubsub" + do("count Ada", "store full", "count Ada", "chat Ada"),
			"AN B5 AT"},
		{"a new id for a login loses the old one first",
			people + "&regenerate=true" + do("login Ada", "store full", "login Ada", "visit Ada"),
			"AL* BL* A-"},
		{"after more memory all is well",
			people + do("login Ada", "store full", "login Bob", "store up", "visit Bob", "login Bob", "visit Bob"),
			"AL* BL* A- BL* A+"},
		{"a store that died is not full when it is back",
			people + do("store full", "store down", "store up", "login Bob", "visit Bob"),
			"AL* B+"},
		{"the one used least recently goes: Bob",
			people + "&maxmemory-policy=allkeys-lru" + do("login Ada", "login Bob", "visit Ada", "store full", "join Cid", "login Cid", "visit Cid", "visit Ada", "visit Bob"),
			"AL* BL* A+ BL* A+ B+ A-"},
		{"what is there already needs no room",
			people + "&maxmemory-policy=allkeys-lru" + do("login Ada", "login Bob", "store full", "cart Ada", "cart Bob", "visit Ada", "visit Bob"),
			"AL* BL* AC BC A+ B+"},
		{"room for one there always is",
			people + "&maxmemory-policy=allkeys-lru" + do("store full", "login Ada", "visit Ada", "login Bob", "visit Bob", "visit Ada"),
			"AL* B+ AL* B+ A-"},
		{"a database has no such limit",
			people + "&store-kind=database" + do("login Ada", "store full", "login Bob", "visit Bob"),
			"AL* BL* A+"},
	} {
		t.Run(c.about, func(t *testing.T) {
			if got := cells(finish(t, c.query).Log()); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

// TestStoreFullIsBlamed: a session that was refused and one that was evicted
// are missed for different reasons, and the picture has what the store has.
func TestStoreFullIsBlamed(t *testing.T) {
	const base = "costs=measured&mode=store&traffic=none&visitors=Ada,Bob&do=0s login Ada; 1s store full; 2s cart Ada; 3s login Bob; 4s visit Bob; 5s visit Ada"
	for policy, want := range map[string]string{
		"noeviction":  "store.filled store.refused store.refused full",
		"allkeys-lru": "store.filled session.evicted evicted",
	} {
		run := finish(t, base+"&maxmemory-policy="+policy)
		var told []string
		for i := 1; i <= run.Log().Len(); i++ {
			switch e := run.Log().At(i); e.Kind {
			case trace.StoreFilled, trace.StoreRefused, trace.SessionEvicted:
				told = append(told, e.Kind.String())
			case trace.SessionRead:
				if e.Session == trace.Miss {
					told = append(told, e.Why.String())
				}
			}
		}
		if got := strings.Join(told, " "); got != want {
			t.Errorf("%s: got %s, want %s", policy, got, want)
		}
		s := run.Snapshot().Store
		if s.State != "full" || len(s.Sessions) != 1 {
			t.Errorf("%s: the store is %s and holds %v, want full and one session", policy, s.State, s.Sessions)
		}
		if shown, held := shownSessions(run), heldSessions(t, run.Store()); len(shown) != len(held) {
			t.Errorf("%s: shown are %v, held %v", policy, shown, held)
		}
	}
}
