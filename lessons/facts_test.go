package lessons

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"procession/sim"
	"procession/sim/stats"
	"procession/sim/trace"
)

// played runs a scenario up to a moment (virtual µs).
func played(t testing.TB, query string, until int64) *sim.Run {
	t.Helper()
	sc, err := sim.Parse(query)
	if err != nil {
		t.Fatal(err)
	}
	run := sim.New(sc)
	t.Cleanup(run.Close)
	run.Advance(until)
	if err := run.Err(); err != nil {
		t.Fatal(err)
	}
	return run
}

// busyDay is a run in which much happens.
const busyDay = "visitors=Ada,Grace,Linus&workers=3&jitter=50&seed=7&save-uninitialized=true&max-age=9s&do=2s count Ada; 3s chat Grace; 5s crash 1; 8s set mode=store; 12s store down; 14s store up; 15s count Linus; 16s login Ada; 17s chat Ada; 18s set workers=2"

// TestFactsHaveTheSummary looks whether an expression can ask for everything
// that the summary of a run has, by the same name and with the same value.
func TestFactsHaveTheSummary(t *testing.T) {
	run := played(t, busyDay, 25e6)
	f := FactsOf(run.Log(), 25e6)
	var summary map[string]any
	counter := stats.NewCounter()
	for seq := 1; seq <= run.Log().Len(); seq++ {
		counter.Add(run.Log(), run.Log().At(seq))
	}
	text, err := json.Marshal(counter.SummaryAt(25e6))
	if err == nil {
		err = json.Unmarshal(text, &summary)
	}
	if err != nil {
		t.Fatal(err)
	}
	asked := 0
	var compare func(path string, want any)
	compare = func(path string, want any) {
		switch want := want.(type) {
		case map[string]any:
			for key, v := range want {
				compare(strings.TrimPrefix(path+"."+key, "."), v)
			}
		case []any:
			for i, v := range want {
				compare(path+"["+string(rune('0'+i))+"]", v)
			}
		default:
			asked++
			e, err := compile(path, "en")
			if err != nil {
				t.Errorf("%s: %v", path, err)
				return
			}
			got, err := e.run(f)
			if n, ok := got.(int); ok {
				got = float64(n)
			}
			if err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("%s: got %v, %v, the summary has %v", path, got, err, want)
			}
		}
	}
	compare("", summary)
	if asked < 50 {
		t.Errorf("only %d names were compared", asked)
	}
}

// TestFactsHaveTheFields looks whether events have all the fields of the trace.
func TestFactsHaveTheFields(t *testing.T) {
	have := names(reflect.TypeFor[happen]())
	for _, field := range trace.Fields() {
		if !slices.Contains(have, field.String()) {
			t.Errorf("an event has no .%s for expressions", field)
		}
	}
}

// TestFactsAreThoseOfThePicture compares what is followed here with the
// snapshots of the run, at many moments.
func TestFactsAreThoseOfThePicture(t *testing.T) {
	for _, query := range []string{busyDay, "mode=store&store-kind=database&do=4s store down; 9s store up; 10s count Ada; 12s logout Grace", "mode=threads&script=login,count*5,cart*3&lock=none&do=9s reload",
		"graceful=true&do=2s count Ada; 5s reload; 11s count Grace; 15s set workers=4; 20s set workers=1"} {
		run := played(t, query, 0)
		for at := int64(0); at <= 24e6; at += 700_000 {
			run.Advance(at)
			f, picture := FactsOf(run.Log(), at), run.Snapshot()
			same := func(what string, got, want any) {
				if got != want {
					t.Errorf("%s at %d µs: %s is %v, in the picture %v", query, at, what, got, want)
				}
			}
			if got, err := f.held("store"); err != nil || got != len(picture.Store.Sessions) {
				t.Errorf("%s at %d µs: the store holds %d sessions (%v), in the picture %d", query, at, got, err, len(picture.Store.Sessions))
			}
			got, err := f.counter("store")
			same("counter(store)", got, int(picture.Store.Count))
			same("its error", err, nil)
			for _, w := range picture.Workers {
				held, err := f.held(int(w.Pid))
				same("its error", err, nil)
				same("sessions", held, len(w.Sessions))
				count, _ := f.counter(int(w.Pid))
				same("counter", count, int(w.Count))
			}
			for key, want := range picture.Scenario {
				got, _ := f.value(key)
				same(key, got, want)
			}
			for _, v := range picture.Visitors {
				about, err := f.visitor(v.Name)
				same("its error", err, nil)
				same("logouts", about.Logouts, v.Logouts)
				same("heard", about.Heard, v.Heard)
				same("unheard", about.Unheard, v.Missed)
			}
			same("welcome", f.env.Welcome, picture.Totals.Welcome)
		}
	}
}

// TestFactsOfAMoment looks whether what comes later changes nothing.
func TestFactsOfAMoment(t *testing.T) {
	long, short := played(t, busyDay, 25e6), played(t, busyDay, 11e6)
	for _, source := range []string{"requests", "duration", "p95", "strip('Ada')", "sessions(2)", "counter(1)", "mode", "last(5).slowest", "after(s(9)).requests", "count(events('session.read'), .session == 'miss')", "worker(1).blocked"} {
		e, err := compile(source, "en")
		if err != nil {
			t.Fatal(err)
		}
		a, err1 := e.run(FactsOf(long.Log(), 11e6))
		b, err2 := e.run(FactsOf(short.Log(), 11e6))
		if err1 != nil || err2 != nil || a != b {
			t.Errorf("%s at 11 s: got %v, %v of the longer run, %v, %v of the shorter", source, a, err1, b, err2)
		}
	}
}

func TestExpressions(t *testing.T) {
	run := played(t, "workers=2&visitors=Ada&script=login,visit*6&do=6s crash 1", 12e6)
	f := FactsOf(run.Log(), 12e6)
	for source, want := range map[string]string{
		`visitor("Ada").requests`:              "5",
		`strip("Ada")`:                         "AL* B- A+ B- B-",
		`strip("all")`:                         "AL* B- A+ B- B-",
		`busy`:                                 "2",
		`counter(1)`:                           "0",
		`last(2).requests + last(99).requests`: "7",
		`last(3).denied`:                       "2",
		`after(s(6)).requests`:                 "3",
		`after(0).requests == requests ? "all" : "some"`:                "all",
		`count(events("request.done"), .op == "visit")`:                 "4",
		`events("worker.crashed")[0].ts == s(6) ? "yes" : "no"`:         "yes",
		`sum(map(events("request.done"), .dur)) / requests > 0 ? 1 : 0`: "1",
		`first(events("run.started")).ts`:                               "0",
		`time(s(1.5))`:                                                  "1.5 s",
		`time(ms(420))`:                                                 "420 ms",
		`time(1300)`:                                                    "1.3 ms",
		`time(7)`:                                                       "7 µs",
		`percent(0.5)`:                                                  "50 %",
		`percent(1)`:                                                    "100 %",
		`percent(0.123)`:                                                "12.3 %",
		`mb(memory.resident)`:                                           "116 MB",
		`value("workers") + " " + mode`:                                 "2 local",
		`1 / 3`:                                                         "0.33",
		`cores[0].core`:                                                 "1",
		`max(map(cores, .core))`:                                        "2",
		`hitRatio`:                                                      "0.25",
	} {
		e, err := compileValue(source, "en")
		if err != nil {
			t.Errorf("%s: %v", source, err)
			continue
		}
		if got, err := e.value(f); err != nil || got != want {
			t.Errorf("%s: got %q, %v, want %q", source, got, err, want)
		}
	}
}

// TestFound says what a condition found instead of what it wants.
func TestFound(t *testing.T) {
	run := played(t, "workers=2&visitors=Ada", 12e6)
	f := FactsOf(run.Log(), 12e6)
	for _, c := range []struct{ source, found, measured string }{
		{`visitor("Ada").logouts == 9`, `visitor("Ada").logouts is 2`, "2 / 9 random logouts"},
		{`9 < logouts`, "logouts is 2", "2 / 9 random logouts"},
		{`logouts == 2 && requests > 99`, "logouts is 2, requests is 5", "5 / 99 requests"},
		{`logouts == 2 && requests == 5`, "logouts is 2, requests is 5", "2 random logouts"},
		{`p95 < ms(1)`, "p95 is 1.62 s", "1.62 s"},
		{`p95 >= s(2)`, "p95 is 1.62 s", "1.62 s / 2 s"},
		{`mode in ["store", "cookie"]`, `mode is "local"`, `"local"`},
		{`not (mode == "local")`, `mode is "local"`, `"local"`},
		{`value("workers") != "1"`, `value("workers") is 2`, "2"},
		{`value("think") == "1s"`, `value("think") is "800ms"`, `"800ms"`},
		{`any(workers, .crashes > 0)`, "", ""},
		{`ended`, "", ""},
		{`requests + 1 == requests`, "requests + 1 is 6", "6"},
		{`logouts == 1`, "logouts is 2", "2 random logouts"},
		{`last(4).requests == 4 && last(4).logouts == 0`, "last(4).requests is 4, last(4).logouts is 2", "2 random logouts"},
		{`streak >= 3`, "streak is 1", "1 / 3 in a row since the last logout or error"},
		{`busy >= 1`, "busy is 2", "2 processes that answered"},
	} {
		e, err := compileCondition(c.source, "en")
		if err != nil {
			t.Fatalf("%s: %v", c.source, err)
		}
		if got := e.found(f); got != c.found {
			t.Errorf("%s: found %q, want %q", c.source, got, c.found)
		}
		if got := e.measured(f, "en"); got != c.measured {
			t.Errorf("%s: measured %q, want %q", c.source, got, c.measured)
		}
	}
}

// TestKoreanUnits: what a lesson writes has the units of its language.
func TestKoreanUnits(t *testing.T) {
	f := FactsOf(played(t, "workers=2&visitors=Ada", 12e6).Log(), 12e6)
	for source, want := range map[string]string{
		`time(s(1.62))`: "1.6초",
		`time(1300)`:    "1.3밀리초",
		`percent(0.5)`:  "50%",
	} {
		e, err := compileValue(source, "ko")
		if err != nil {
			t.Errorf("%s: %v", source, err)
			continue
		}
		if got, err := e.value(f); err != nil || got != want {
			t.Errorf("%s: got %q, %v, want %q", source, got, err, want)
		}
	}
	e, err := compileCondition(`p95 >= s(40)`, "ko")
	if err != nil {
		t.Fatal(err)
	}
	if got, want := e.measured(f, "ko"), "1초 / 40초"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	e, err = compileCondition(`logouts == 0`, "ko")
	if err != nil {
		t.Fatal(err)
	}
	if got, want := e.measured(f, "ko"), "까닭 없는 로그아웃 2번"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
