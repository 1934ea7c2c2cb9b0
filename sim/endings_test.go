package sim_test

import (
	"fmt"
	"strings"
	"testing"

	"procession/sim/trace"
)

// lives tells what became of processes and websockets: moment in ms, what
// happened, the life, and why.
func lives(log *trace.Log) string {
	var out []string
	for i := 1; i <= log.Len(); i++ {
		e := log.At(i)
		if e.Ts == 0 {
			continue
		}
		noun, verb, _ := strings.Cut(e.Kind.String(), ".")
		switch {
		case noun == "worker":
			out = append(out, strings.TrimSpace(fmt.Sprintf("%d %s %d %s", e.Ts/1000, verb, e.Mem, e.Why)))
		case e.Kind == trace.SocketClosed:
			out = append(out, fmt.Sprintf("%d socket %d %s", e.Ts/1000, e.Pid, e.Why))
		}
	}
	return strings.Join(out, "\n")
}

// answers gives each request's moment of sending in ms, whose it is, and what came of it.
func answers(log *trace.Log) string {
	var out []string
	for i := 1; i <= log.Len(); i++ {
		if e := log.At(i); e.Kind == trace.RequestDone {
			out = append(out, fmt.Sprintf("%d %s %s", (e.Ts-e.Dur)/1000, log.Text(e.Visitor), trace.Mark(e.Op, e.Status)))
		}
	}
	return strings.Join(out, "\n")
}

const measured = "costs=measured&traffic=none&"

// TestEndings: when processes end, and when the next ones start. Measured was
// the order, with pm2 7; the moments are those of costs=measured.
func TestEndings(t *testing.T) {
	for _, c := range []struct {
		name, query string
		want        []string
	}{
		{"a graceful restart is SIGINT, the requests under way, the end, and only then the next one",
			"workers=1&visitors=Ada,Bob&cart-delay=1s&graceful=true&do=0.1s cart Ada; 0.2s restart; 0.5s visit Bob",
			[]string{"200 stopping 101 restart", "1100 stopped 101 restart", "1160 starting 201", "1360 listening 201"}},
		{"of a cluster of two the second one has its turn when the first one runs again, and does not yet listen",
			"visitors=Ada,Bob&cart-delay=1s&graceful=true&do=0.1s cart Ada; 0.2s restart",
			[]string{"200 stopping 101 restart", "1100 stopped 101 restart", "1160 starting 201", "1220 stopped 102 restart", "1280 starting 202", "1360 listening 201", "1480 listening 202"}},
		{"a process that has nothing under way ends at once",
			"workers=1&visitors=Ada&graceful=true&do=0.2s restart",
			[]string{"200 stopped 101 restart", "260 starting 201", "460 listening 201"}},
		{"kill_timeout ends what takes longer",
			"workers=1&visitors=Ada&cart-delay=10s&graceful=true&do=0.1s cart Ada; 0.2s restart",
			[]string{"200 stopping 101 restart", "1800 stopped 101 kill-timeout", "1860 starting 201", "2060 listening 201"}},
		{"kill-timeout says how long that is, from the moment when the process is told",
			"workers=1&visitors=Ada&cart-delay=10s&graceful=true&kill-timeout=5s&do=0.1s cart Ada; 0.2s restart; 1s set kill-timeout=100ms",
			[]string{"200 stopping 101 restart", "5200 stopped 101 kill-timeout", "5260 starting 201", "5460 listening 201"}},
		{"a reload goes on when the old process is gone",
			"visitors=Ada&cart-delay=1s&graceful=true&do=0.1s cart Ada; 0.2s reload",
			[]string{"400 stopping 101 reload", "400 starting 201", "400 listening 201", "1100 stopped 101 reload",
				"1300 stopped 102 reload", "1300 starting 202", "1300 listening 202"}},
		{"without a handler it goes on at once",
			"visitors=Ada&cart-delay=1s&do=0.1s cart Ada; 0.2s reload",
			[]string{"400 stopped 101 reload", "400 starting 201", "400 listening 201", "600 stopped 102 reload", "600 starting 202", "600 listening 202"}},
		{"a crash in the middle of a reload does not end it",
			"workers=3&visitors=Ada&do=0.2s reload; 0.3s crash 1",
			[]string{"300 crashed 101 crash", "360 starting 301", "400 stopped 102 reload", "400 starting 202", "400 listening 202",
				"500 stopped 103 reload", "500 starting 203", "500 listening 203", "560 listening 301"}},
		{"of more than two, two are reloaded at a time",
			"workers=4&visitors=Ada&do=0.2s reload",
			[]string{"400 stopped 101 reload", "400 starting 201", "400 listening 201", "400 stopped 102 reload", "400 starting 202", "400 listening 202",
				"600 stopped 103 reload", "600 starting 203", "600 listening 203", "600 stopped 104 reload", "600 starting 204", "600 listening 204"}},
		{"nor does a restart",
			"workers=2&visitors=Ada&do=0.2s reload; 0.3s restart 1",
			[]string{"300 stopped 101 restart", "360 starting 301", "500 stopped 102 reload", "500 starting 202", "500 listening 202", "560 listening 301"}},
		{"fork mode's reload is a restart",
			"workers=1&visitors=Ada&do=0.2s reload",
			[]string{"200 stopped 101 restart", "260 starting 201", "460 listening 201"}},
		{"also behind nginx, two at a time",
			"workers=3&balancer=random&visitors=Ada&do=0.2s reload",
			[]string{"200 stopped 101 restart", "200 stopped 102 restart", "260 starting 201", "260 starting 202",
				"320 stopped 103 restart", "380 starting 203", "460 listening 201", "460 listening 202", "580 listening 203"}},
		{"a cluster of one has a new process beside the old one",
			"workers=1&pm2=cluster&visitors=Ada&do=0.2s reload",
			[]string{"400 stopped 101 reload", "400 starting 201", "400 listening 201"}},
		{"a worker that is scaled away finishes first",
			"workers=3&visitors=Ada&cart-delay=1s&graceful=true&do=0.1s cart Ada; 0.2s set workers=1",
			[]string{"200 stopping 101 scale", "200 stopped 102 scale", "1100 stopped 101 scale"}},
		{"and comes back where all places are taken",
			"workers=16&visitors=Ada&cart-delay=1s&graceful=true&do=0.1s cart Ada; 0.2s set workers=15; 0.3s set workers=16",
			[]string{"200 stopping 101 scale", "1100 stopped 101 scale", "1160 starting 201", "1360 listening 201"}},
		{"a process that crashes while it stops is started again all the same",
			"workers=1&mode=store&visitors=Ada&cart-delay=1s&graceful=true&store-client=no-error-handler&do=0.1s cart Ada; 0.2s restart; 0.3s store down; 0.4s store up",
			[]string{"200 stopping 101 restart", "300 crashed 101 store-lost", "360 starting 201"}},
	} {
		run := finish(t, measured+c.query+"; 20s leave Ada")
		got := lives(run.Log())
		if want := strings.Join(c.want, "\n"); !strings.HasPrefix(got, want) {
			t.Errorf("%s\n got\n%s\nwant\n%s", c.name, got, want)
		}
	}
}

// TestRefusedMeanwhile: between SIGINT and the next process nobody listens in
// fork mode; in a cluster others do.
func TestRefusedMeanwhile(t *testing.T) {
	for _, c := range []struct{ name, query, want string }{
		{"fork", "workers=1&cart-delay=1s&graceful=true&do=0.1s cart Ada; 0.2s restart; 0.5s visit Bob; 1.2s visit Bob; 1.5s visit Bob",
			"500 Bob !\n100 Ada C\n1200 Bob !\n1500 Bob -"},
		{"a cluster of two", "cart-delay=1s&graceful=true&do=0.1s cart Ada; 0.2s restart 1; 0.5s visit Bob; 1.2s visit Bob",
			"500 Bob -\n100 Ada C\n1200 Bob -"},
		{"a reload with a request under way", "cart-delay=1s&do=0.1s cart Ada; 0.2s reload; 0.5s visit Bob",
			"100 Ada !\n500 Bob -"},
		{"the same behind nginx", "balancer=random&pm2=cluster&workers=1&cart-delay=1s&do=0.1s cart Ada; 0.2s reload; 0.5s visit Bob",
			"100 Ada 5\n500 Bob -"},
		{"a graceful one", "cart-delay=1s&graceful=true&do=0.1s cart Ada; 0.2s reload; 0.5s visit Bob",
			"500 Bob -\n100 Ada C"},
		{"kill_timeout resets", "workers=1&cart-delay=9s&graceful=true&do=0.1s cart Ada; 0.2s restart; 0.5s visit Bob",
			"500 Bob !\n100 Ada !"},
	} {
		if got := answers(finish(t, measured+"visitors=Ada,Bob&"+c.query).Log()); got != c.want {
			t.Errorf("%s\n got\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

// TestClusterOfOneRefusesNobody: measured were 37 to 64 refusals at 20 ms in
// fork mode (on a loaded host), and none in a cluster of one.
func TestClusterOfOneRefusesNobody(t *testing.T) {
	const query = "costs=measured&visitors=Ada&workers=1&think=20ms&script=login,visit*30&do=200ms reload&pm2="
	for mode, refused := range map[string]int{"auto": 13, "fork": 13, "cluster": 0} {
		got := cells(finish(t, query+mode).Log())
		if n := strings.Count(got, "!"); n != refused || !strings.HasPrefix(got, "AL* A+ A+") || !strings.HasSuffix(got, "A- A-") {
			t.Errorf("pm2=%s: %d refusals, want %d: %s", mode, n, refused, got)
		}
	}
}

// TestSocketsStay: websockets keep a process that was told to stop, and it goes
// on hearing, until kill_timeout; without a handler they close at the kill.
func TestSocketsStay(t *testing.T) {
	const query = measured + "visitors=Ada,Bob,Cy,Dan&do=0.1s chat Ada; 0.2s chat Bob; 0.3s chat Cy; 0.4s chat Dan; 0.5s reload; 0.8s chat Ada; 1.2s chat Bob; 5s leave Ada&graceful="
	with, without := finish(t, query+"true"), finish(t, query+"false")
	if got, want := lives(with.Log()), strings.Join([]string{
		"700 stopping 101 reload", "700 starting 201", "700 listening 201",
		"2300 stopped 101 kill-timeout", "2300 socket 1 kill-timeout", "2300 socket 1 kill-timeout",
		"2500 stopping 102 reload", "2500 starting 202", "2500 listening 202",
		"4100 stopped 102 kill-timeout", "4100 socket 2 kill-timeout", "4100 socket 2 kill-timeout"}, "\n"); got != want {
		t.Errorf("graceful:\n%s\nwant\n%s", got, want)
	}
	// 1, 1, 2, 2 hearers as the sockets open; then Ada is heard on the old
	// process 1, by two, and Bob on process 2, by two.
	if totals := with.Snapshot().Totals; totals.Heard != 10 || totals.Resets != 0 {
		t.Errorf("graceful: heard %d times, %d resets, want 10 and 0", totals.Heard, totals.Resets)
	}
	if got := lives(without.Log()); !strings.HasPrefix(got, "700 stopped 101 reload\n700 starting 201\n700 listening 201\n700 socket 1 reset\n700 socket 1 reset\n900 stopped 102 reload") {
		t.Errorf("without a handler:\n%s", got)
	}
}

// TestHandlerThrows: an error in a handler is a 500 of that request alone, in
// every mode; a crash ends the process.
func TestHandlerThrows(t *testing.T) {
	for _, mode := range []string{"local", "store", "threads", "cookie"} {
		query := "costs=measured&visitors=Ada&think=100ms&balancer=least-connections&script=login,visit*4&workers=1&mode=" + mode + "&do=150ms crash 1"
		if got, want := cells(finish(t, query+" handler").Log()), "AL* A+ A5 A+ A+"; got != want {
			t.Errorf("mode=%s: got %s, want %s", mode, got, want)
		}
	}
	run := finish(t, "costs=measured&visitors=Ada&think=100ms&script=report,count,chat,transfer,visit&workers=1&do=0s crash 1 handler; 90ms crash 1 handler; 270ms crash 1 handler")
	if got, want := cells(run.Log()), "A5 A5 AT A5 A-"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if n := kindsOf(run.Log()); n[trace.HandlerThrew] != 3 || n[trace.WorkerCrashed] != 0 {
		t.Errorf("%d handlers threw, %d processes died, want 3 and 0", n[trace.HandlerThrew], n[trace.WorkerCrashed])
	}
}

// TestForkModeLive: several processes cannot come to listen on one port later, either.
func TestForkModeLive(t *testing.T) {
	for query, refused := range map[string]int{
		"workers=1&pm2=fork&do=1s set workers=2":                             1,
		"workers=2&balancer=random&pm2=fork&do=1s set balancer=round-robin":  1,
		"workers=2&mode=threads&pm2=fork&do=1s set mode=local":               1,
		"workers=2&do=1s set pm2=fork":                                       1,
		"workers=1&do=1s set pm2=fork; 2s set pm2=cluster; 3s set workers=2": 0,
	} {
		if n := kindsOf(finish(t, measured+"visitors=1&"+query).Log())[trace.CommandRefused]; n != refused {
			t.Errorf("%s: %d refused, want %d", query, n, refused)
		}
	}
}

// TestOneReloadAtATime: as pm2's lock has it.
func TestOneReloadAtATime(t *testing.T) {
	run := finish(t, measured+"visitors=Ada&do=0.1s reload; 0.2s reload; 0.9s reload")
	n := kindsOf(run.Log())
	if n[trace.CommandRefused] != 1 || n[trace.WorkerStopped] != 4 {
		t.Errorf("%d refused, %d stopped, want 1 and 4", n[trace.CommandRefused], n[trace.WorkerStopped])
	}
}
