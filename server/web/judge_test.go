package web_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"

	"procession/internal/testenv"
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

// TestAClassPressesAtOnce: a hundred learners of one address, each with a run of
// their own, who press in the same moment: all are answered, be it a verdict, a
// picture or a part of the trace.
func TestAClassPressesAtOnce(t *testing.T) {
	learners := 100
	if testenv.Raced {
		learners = 25 // each of them costs ten times as much
	}
	s := newCourse(t, aCourse(), false)
	for _, path := range []string{"/lessons/01-two-copies/judge?step=3&at=40000000&visitors=Ada&seed=%d", "/figure.svg?at=30s&seed=%d", "/trace/1-1000?seed=%d"} {
		var all sync.WaitGroup
		for i := range learners {
			all.Go(func() {
				resp, err := http.Get(s.URL + fmt.Sprintf(path, i))
				if err != nil {
					t.Error(err)
					return
				}
				defer resp.Body.Close()
				if body, err := io.ReadAll(resp.Body); err != nil || resp.StatusCode != http.StatusOK {
					t.Errorf("%s: got %d, %v: %.200s", path, resp.StatusCode, err, body)
				}
			})
		}
		all.Wait()
	}
}
