package web

import (
	"bytes"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"procession/server/fair"
	"procession/sim"
)

// TestNote: a mistake of ours is in the log once, with what is needed to find
// it; others are not, nor what the player of a run has noted. Who comes too
// early is told when to come back.
func TestNote(t *testing.T) {
	for _, c := range []struct {
		err   error
		retry string
		notes []string
	}{
		{fmt.Errorf("playing: %w", &sim.Broken{Scenario: "mode=store", At: 1e6, Value: "boom", Stack: []byte("main.go:7")}), "", nil},
		{(&Web{}).unbroken(func(http.ResponseWriter, *http.Request) error { panic("boom") })(nil, nil), "", []string{"level=ERROR", "boom", "note_test.go"}},
		{&fair.Busy{RetryAfter: 2500 * time.Millisecond}, "3", nil},
	} {
		var log bytes.Buffer
		w := &Web{logger: slog.New(slog.NewTextHandler(&log, nil)), languages: languages{"en": nil}}
		rec := httptest.NewRecorder()
		w.failData(rec, httptest.NewRequest("GET", "/figure.svg?at=1s", nil), c.err)
		if got := rec.Header().Get("Retry-After"); got != c.retry {
			t.Errorf("%v: got Retry-After %q, want %q", c.err, got, c.retry)
		}
		if got, want := strings.Count(log.String(), "\n"), min(1, len(c.notes)); got != want {
			t.Errorf("%v: got %d lines in the log, want %d", c.err, got, want)
		}
		for _, want := range c.notes {
			if !strings.Contains(log.String(), want) {
				t.Errorf("%v: the log has no %s: %s", c.err, want, &log)
			}
		}
	}
}
