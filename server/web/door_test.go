package web_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"procession/server/fair"
)

// TestDoor: what goes wrong is told with a status of its own and in the
// reader's language, to people as a page and to programs as JSON.
func TestDoor(t *testing.T) {
	s := newCourseWith(t, aCourse(), false, realWords(t), fair.Options{})
	const page, data = "text/html; charset=utf-8", "application/json"
	for _, c := range []struct {
		method, path, language string
		status                 int
		kind, says             string
	}{
		{"GET", "/?lang=ko&workers=99", "", 400, page, "쓸 수 있는 값: 1부터 16까지"},
		{"GET", "/?workers=99", "ko-KR,ko;q=0.9", 400, page, "쓸 수 있는 값: 1부터 16까지"},
		{"GET", "/?lang=en&workers=99", "ko", 400, page, "allowed: 1 to 16"},
		{"GET", "/embed?lang=ko&wrokers=2", "", 400, page, "workers(이 키를 쓰려고 했나요?)"},
		{"GET", "/nope?lang=ko", "", 404, page, "이 주소에는 아무것도 없어요"},
		{"GET", "/static/nope?lang=ko", "", 404, page, "이 주소에는 아무것도 없어요"},
		{"GET", "/lessons/nope?lang=ko", "", 404, page, "모든 레슨 보기"},
		{"POST", "/?lang=ko", "", 405, page, "GET이나 HEAD로"},
		{"POST", "/check?lang=ko", "", 405, page, "GET이나 HEAD로"},
		{"GET", "/ws?lang=ko", "", 400, page, "무대의 웹소켓"},
		{"GET", "/check?lang=ko&workers=99", "", 400, data, "쓸 수 있는 값: 1부터 16까지"},
		{"GET", "/check?workers=99", "", 400, data, "allowed: 1 to 16"},
		{"GET", "/trace/x?lang=ko", "", 400, data, "이벤트의 범위가 아니에요"},
		{"GET", "/trace/1-9?lang=ko&mode=x", "", 400, data, "쓸 수 있는 값: local, store, threads, cookie"},
		{"GET", "/trace/until/1s.txt?lang=ko", "", 400, data, "기록 파일이 아니에요"},
		{"GET", "/figure.svg?lang=ko&at=soon", "", 400, data, "실행의 시점인데"},
		{"GET", "/lessons/nope/judge?lang=ko&step=1&at=0", "", 404, data, "레슨은 없어요"},
		{"GET", "/lessons/01-two-copies/judge?lang=ko&step=9&at=0", "", 400, data, "단계는 없어요"},
	} {
		h := http.Header{}
		if c.language != "" {
			h.Set("Accept-Language", c.language)
		}
		resp, body := s.get(t, c.method, c.path, h)
		if resp.StatusCode != c.status || resp.Header.Get("Content-Type") != c.kind || !strings.Contains(body, c.says) {
			t.Errorf("%s %s: got %d, %s: want %d and %q\n%.400s", c.method, c.path, resp.StatusCode, resp.Header.Get("Content-Type"), c.status, c.says, body)
		}
		if resp.Header.Get("Cache-Control") != "no-store" || !strings.Contains(resp.Header.Get("Vary"), "Accept-Language") {
			t.Errorf("%s %s: it may be kept for others: %v", c.method, c.path, resp.Header)
		}
		if lang := `<html lang="ko">`; c.kind == page && strings.Contains(c.path, "lang=ko") && !strings.Contains(body, lang) {
			t.Errorf("%s %s: the page does not say that it is Korean", c.method, c.path)
		}
	}
}

func TestCheck(t *testing.T) {
	s := newSite(t, 10)
	for query, want := range map[string]string{
		"":                           `{"ok":true,"scenario":""}`,
		"mode=local&lang=ko":         `{"ok":true,"scenario":""}`,
		"workers=4&mode=store":       `{"ok":true,"scenario":"mode=store&workers=4"}`,
		"visitors=Ada&do=2s+crash+1": `{"ok":true,"scenario":"visitors=Ada&do=2s+crash+1"}`,
	} {
		var got, wanted any
		s.data(t, "/check?"+query, &got)
		if err := json.Unmarshal([]byte(want), &wanted); err != nil {
			t.Fatal(err)
		}
		if a, b := mustJSON(t, got), mustJSON(t, wanted); a != b {
			t.Errorf("%s: got %s, want %s", query, a, b)
		}
	}
	resp, body := s.get(t, "GET", "/check?workers=99", nil)
	var e struct{ Code, Key, Text string }
	if err := json.Unmarshal([]byte(body), &e); err != nil || resp.StatusCode != 400 || e.Code != "bad-scenario" || e.Key != "workers" || e.Text == "" {
		t.Errorf("got %d, %s", resp.StatusCode, body)
	}
}

func mustJSON(t *testing.T, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
