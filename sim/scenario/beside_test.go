package scenario_test

import (
	"errors"
	"strings"
	"testing"

	"procession/sim/scenario"
)

func TestBeside(t *testing.T) {
	for _, c := range []struct{ page, other, want, differs string }{
		{"", "mode=store", "mode=store", "mode=store"},
		{"mode=store&workers=3&seed=7&do=1s+crash+1", "mode=threads&workers=4", "mode=threads&workers=4&seed=7&do=1s+crash+1", "mode=threads&workers=4"},
		{"visitors=Ada,Grace&workers=max", "balancer=ip-hash", "workers=max&balancer=ip-hash&visitors=Ada,Grace", "balancer=ip-hash"},
		{"traffic=none", "script=visit*3", "script=visit*3", "traffic=script&script=visit*3"},
		{"script=visit*3", "mode=cookie", "mode=cookie&script=visit*3", "mode=cookie"},
		{"mode=store", "mode=store", "mode=store", ""},
		{"mode=store", "", "mode=store", ""},
		{"weights=3,1", "weights=none", "", "weights=none"},
		{"do=1s+set+mode=store%3B+2s+set+workers=3%3B+3s+crash+1", "mode=threads", "mode=threads&do=2s+set+workers=3%3B+3s+crash+1", "mode=threads"},
	} {
		page, err := scenario.Parse(c.page)
		if err != nil {
			t.Fatal(err)
		}
		world, err := page.Beside(c.other)
		if err != nil {
			t.Errorf("%q beside %q: %v", c.other, c.page, err)
			continue
		}
		if got := world.String(); got != c.want {
			t.Errorf("%q beside %q: got %q, want %q", c.other, c.page, got, c.want)
		}
		if got := world.Against(page); got != c.differs {
			t.Errorf("%q against %q: got %q, want %q", c.other, c.page, got, c.differs)
		}
	}
}

func TestBesideRefuses(t *testing.T) {
	for query, want := range map[string]string{
		"seed=2":            "worlds",
		"visitors=5":        "worlds",
		"v=1":               "worlds",
		"do=1s+crash+1":     "worlds",
		"wrokers=2":         "worlds",
		"workers=99":        "workers",
		"mode=":             "mode",
		"mode=a&mode=b":     "mode",
		"quantum=1ms":       "quantum",
		"costs=x&workers=0": "workers",
	} {
		_, err := scenario.Default().Beside(query)
		var e *scenario.Error
		if !errors.As(err, &e) || e.Key != want || e.Allowed == "" {
			t.Errorf("%q: got the error %v, want one about %q", query, err, want)
		}
		if want == "worlds" && strings.Contains(e.Allowed, "seed") {
			t.Errorf("%q: %q is allowed, and is not", query, e.Allowed)
		}
	}
}
