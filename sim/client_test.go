package sim_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"procession/internal/testenv"
	"procession/sim/trace"
)

// whys gives the reasons of a kind of event, in the order in which they come.
func whys(log *trace.Log, k trace.Kind) []string {
	var list []string
	for i := 1; i <= log.Len(); i++ {
		if e := log.At(i); e.Kind == k {
			list = append(list, e.Why.String())
		}
	}
	return list
}

// TestStoreConnect: an app that is restarted while Redis is away listens at
// once and answers what needs no store, or does not listen.
func TestStoreConnect(t *testing.T) {
	const base = "mode=store&costs=measured&traffic=none&visitors=Ada,Bob&do=0s login Ada; 1s store down; 1.5s restart; 3s visit Ada; 9s visit Bob; 12s store up; 20s visit Ada&store-connect="
	for connect, want := range map[string]string{
		"first":      "login 200 0ms; visit 0 0ms; visit 0 0ms; visit 401 0ms",
		"background": "login 200 0ms; visit 500 5000ms; visit 401 0ms; visit 401 0ms",
	} {
		if got := statuses(finish(t, base+connect).Log()); got != want {
			t.Errorf("%s:\n got %s\nwant %s", connect, got, want)
		}
	}
}

// TestNoErrorHandler: in the background each process dies once, and the one
// after it never connects, also when Redis is back: 500 after 5 s for whoever
// brings a cookie, 401 at once for who brings none. An app that awaits its
// connection dies again and again, and recovers.
func TestNoErrorHandler(t *testing.T) {
	const base = "mode=store&costs=measured&traffic=none&visitors=Ada,Bob&store-client=no-error-handler&do=0s login Ada; 1s store down; 3s visit Ada; 9s visit Bob; 12s store up; 20s visit Ada; 40s visit Ada; 50s visit Bob&store-connect="
	log := finish(t, base+"background").Log()
	if got, want := statuses(log), "login 200 0ms; visit 500 5000ms; visit 401 0ms; visit 500 5000ms; visit 500 5000ms; visit 401 0ms"; got != want {
		t.Errorf("background:\n got %s\nwant %s", got, want)
	}
	if got := whys(log, trace.WorkerCrashed); !slices.Equal(got, []string{"store-lost", "store-lost"}) {
		t.Errorf("background: the processes die of %v, want each once of store-lost", got)
	}
	if got := whys(log, trace.StoreFailed); !slices.Equal(got, []string{"never-connected", "never-connected", "never-connected"}) {
		t.Errorf("background: commands fail of %v", got)
	}
	log = finish(t, base+"first").Log()
	if got, want := statuses(log), "login 200 0ms; visit 0 0ms; visit 0 0ms; visit 401 0ms; visit 401 0ms; visit 401 0ms"; got != want {
		t.Errorf("first:\n got %s\nwant %s", got, want)
	}
	if n := kindsOf(log)[trace.WorkerCrashed]; n < 10 {
		t.Errorf("first: %d deaths, want a crash loop", n)
	}
}

// TestIORedisDeadline: all that waits fails together, 10.5 s after the
// connection broke, and what begins to wait after that 32.5 s later.
func TestIORedisDeadline(t *testing.T) {
	log := finish(t, "mode=store&costs=measured&store-client=ioredis&traffic=none&visitors=Ada,Bob,Cy&do=0s login Ada; 0.1s login Bob; 0.2s login Cy; 1s store down; 2s visit Ada; 11s visit Bob; 12s visit Cy; 60s store up").Log()
	var got []int64
	for i := 1; i <= log.Len(); i++ {
		if e := log.At(i); e.Kind == trace.StoreFailed {
			got = append(got, e.Ts)
		}
	}
	if want := []int64{11_500_000, 11_500_000, 44_000_000}; !slices.Equal(got, want) {
		t.Errorf("commands fail at %v, want %v", got, want)
	}
}

// TestDisk: what is in Redis when it is back after its end, by what it writes
// to disk. Ada's session is from before the first save, an hour after the
// start, Bob's from after it.
func TestDisk(t *testing.T) {
	for _, c := range []struct{ query, end, back string }{
		{"", "down", "Ada"},
		{"", "shutdown", "Ada Bob"},
		{"store-persistence=none&", "down", ""},
		{"store-persistence=none&", "shutdown", ""},
		{"store-persistence=aof&", "down", "Ada Bob"},
		{"store-persistence=aof&", "shutdown", "Ada Bob"},
		{"store-kind=database&", "down", "Ada Bob"},
		{"max-age=10s&", "shutdown", ""}, // their time is over meanwhile
	} {
		run := begin(t, c.query+"mode=store&visitors=Ada,Bob&traffic=none&do=1s login Ada; 4000s login Bob; 4005s store "+c.end+"; 4020s store up")
		run.Advance(4010 * 1e6)
		if n := len(run.Snapshot().Store.Sessions); n != 0 && c.query != "store-kind=database&" {
			t.Errorf("%s%s: %d sessions are shown while it is down", c.query, c.end, n)
		}
		run.Advance(4030 * 1e6)
		var back string
		for _, user := range []string{"Ada", "Bob"} {
			for _, s := range run.Snapshot().Store.Sessions {
				if s.Data == fmt.Sprintf(`{"user":%q}`, user) {
					back += " " + user
				}
			}
		}
		if len(back) > 0 {
			back = back[1:]
		}
		if back != c.back {
			t.Errorf("%sstore %s: back are %q, want %q", c.query, c.end, back, c.back)
		}
	}
}

// TestSavePoints: Redis saves an hour after the last save if anything has
// changed, after 5 minutes if 100 keys have, after one if 10,000 have: in the
// first whole second after that, or as soon as there are so many.
func TestSavePoints(t *testing.T) {
	testenv.Unraced(t)
	counts := func(n int) string { return "traffic=none&visitors=Ada&do=" + strings.Repeat("1s count Ada; ", n) }
	for _, c := range []struct {
		query string
		want  string // moments in ms and numbers of changes
	}{
		{"traffic=none&visitors=Ada&do=1s login Ada; 2s visit Ada", "3600500:2"}, // SET, EXPIRE
		{"traffic=none&visitors=Ada&do=1s login Ada; 5000s visit Ada", "3600500:1 7201500:1"},
		{"traffic=none&visitors=Ada&do=1s visit Ada; 2s report Ada", ""}, // nothing is written
		{counts(100), "300500:100"},
		{counts(99), "3600500:99"},
		{counts(99) + "; 400s count Ada", "400000:100"},
		{"visitors=20&script=count*501&think=130ms", "65389:10000"},
		{counts(100) + "&store-persistence=none", ""},
		{counts(100) + "&store-kind=database", ""},
	} {
		run := begin(t, "mode=store&costs=measured&"+c.query)
		run.Advance(8000 * 1e6)
		var got []string
		for i := 1; i <= run.Log().Len(); i++ {
			if e := run.Log().At(i); e.Kind == trace.StoreSaved {
				got = append(got, fmt.Sprintf("%d:%d", e.Ts/1000, e.Count))
			}
		}
		if got := strings.Join(got, " "); got != c.want {
			t.Errorf("%.60s: saved at %s, want %s", c.query, got, c.want)
		}
	}
}
