package web_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"sync"
	"testing"
)

func TestJudge(t *testing.T) {
	s := newCourse(t, aCourse(), false)
	for _, c := range []struct{ query, want string }{
		{"step=3&at=40000000&visitors=Ada", `{"met":false,"conditions":[{"met":false,`},
		{"step=3&at=40000000&visitors=Ada&do=10s set mode=store; 12s login Ada", `{"met":true,"conditions":[{"met":true,"value":`},
		{"step=3&at=40000000&workers=1&visitors=Ada", `{"met":true,`},
		{"step=3&at=1000000&workers=1&visitors=Ada&lang=ko", `{"met":false,`},
		{"step=3&at=0&visitors=Ada", `{"met":false,`},
	} {
		resp, body := s.get(t, "GET", "/lessons/01-two-copies/judge?"+strings.ReplaceAll(c.query, " ", "%20"), nil)
		if resp.StatusCode != 200 || !strings.HasPrefix(body, c.want) || resp.Header.Get("Content-Type") != "application/json" {
			t.Errorf("%s: got %d, %s; want %s…", c.query, resp.StatusCode, body, c.want)
		}
	}
}

func TestJudgeRefuses(t *testing.T) {
	s := newCourse(t, aCourse(), false)
	for _, c := range []struct {
		path   string
		status int
		says   string
	}{
		{"/lessons/99-nothing/judge?step=3&at=0", 404, `No lesson is called`},
		{"/lessons/%3Cscript%3E/judge?step=3&at=0", 404, `No lesson is called`},
		{"/lessons/01-two-copies/judge?step=9&at=0", 400, `There is no step`},
		{"/lessons/01-two-copies/judge?step=x&at=0", 400, `There is no step`},
		{"/lessons/01-two-copies/judge?at=0", 400, `There is no step`},
		{"/lessons/01-two-copies/judge?step=2&at=0", 400, `has no challenge`},
		{"/lessons/01-two-copies/judge?step=3", 400, `at is the moment`},
		{"/lessons/01-two-copies/judge?step=3&at=-1", 400, `at is the moment`},
		{"/lessons/01-two-copies/judge?step=3&at=900000001", 400, `to 900000000`},
		{"/lessons/01-two-copies/judge?step=3&at=0&workers=99", 400, `1 to 16`},
		{"/lessons/01-two-copies/judge?step=3&at=0&wrokers=2", 400, `wrokers`},
		{"/lessons/01-two-copies/judge?step=3&at=1000000&visitors=Grace", 400, `nobody is called`},
		{"/lessons/01-two-copies/judge?step=3&at=600000000&visitors=2000&costs=measured&think=1ms", 400, `More than 200000 events`},
	} {
		resp, body := s.get(t, "GET", c.path, nil)
		var e struct{ Code, Text string }
		if err := json.Unmarshal([]byte(body), &e); err != nil || resp.StatusCode != c.status || e.Code == "" || !strings.Contains(e.Text, c.says) {
			t.Errorf("%s: got %d, %s; want %d, %q", c.path, resp.StatusCode, body, c.status, c.says)
		}
	}
}

// TestJudgeIsBusy: those who are too many are told to come back, and nobody
// waits without an end.
func TestJudgeIsBusy(t *testing.T) {
	s := newCourse(t, aCourse(), false)
	var all sync.WaitGroup
	var mu sync.Mutex
	statuses := map[int]int{}
	for range 40 {
		all.Go(func() {
			resp, err := http.Get(s.URL + "/lessons/01-two-copies/judge?step=3&at=300000000&visitors=Ada,B,C,D,E,F,G,H&think=300ms&costs=measured")
			if err != nil {
				t.Error(err)
				return
			}
			resp.Body.Close()
			mu.Lock()
			defer mu.Unlock()
			statuses[resp.StatusCode]++
			if resp.StatusCode == http.StatusServiceUnavailable && resp.Header.Get("Retry-After") == "" {
				t.Error("it is not said when to come back")
			}
		})
	}
	all.Wait()
	if statuses[http.StatusServiceUnavailable] == 0 || statuses[http.StatusServiceUnavailable] == 40 {
		t.Errorf("got %v, want some that were too many and some that were not", statuses)
	}
}
