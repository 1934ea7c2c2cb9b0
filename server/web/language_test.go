package web_test

import (
	"net/http"
	"strings"
	"testing"
)

func TestLanguage(t *testing.T) {
	s := newSite(t, 10)
	for _, c := range []struct{ path, accept, want string }{
		{"/", "", "en"},
		{"/", "ko", "ko"},
		{"/", "ko-KR,ko;q=0.9,en-US;q=0.8", "ko"},
		{"/", "en;q=0.5, ko;q=0.7", "ko"},
		{"/", "fr-FR, fr;q=0.9", "en"},
		{"/", "fr, ko;q=0.3", "ko"},
		{"/", "ko;q=0, fr", "en"},
		{"/", "ko;q=x", "en"},
		{"/?lang=ko", "en", "ko"},
		{"/?lang=KO-kr", "en", "ko"},
		{"/?lang=en&mode=store", "ko", "en"},
		{"/?mode=store&lang=ko", "", "ko"},
		{"/?lang=", "ko", "ko"},
		{"/?lang=../../etc", "", "en"},
		{"/?lang=%22%3E", "", "en"},
	} {
		resp, body := s.get(t, "GET", c.path, http.Header{"Accept-Encoding": {"identity"}, "Accept-Language": {c.accept}})
		want := []string{`<html lang="` + c.want + `" data-languages="en ko">`, `href="/static/lang/` + c.want + `.json"`, "<title>title " + c.want + "</title>"}
		if strings.Contains(c.path, "mode") {
			want = append(want, `data-scenario="mode=store"`)
		}
		for _, w := range want {
			if resp.StatusCode != 200 || !strings.Contains(body, w) {
				t.Errorf("%s, accepting %q: got %d and a page without %s", c.path, c.accept, resp.StatusCode, w)
			}
		}
		if got := strings.Join(resp.Header.Values("Vary"), ","); !strings.Contains(got, "Accept-Language") {
			t.Errorf("%s: got Vary %q, want it to name Accept-Language", c.path, got)
		}
	}
}

func TestLanguageIsNoScenario(t *testing.T) {
	s := newSite(t, 10)
	if resp, body := s.get(t, "GET", "/?lang=ko&wrokers=2", nil); resp.StatusCode != 400 || strings.Contains(body, "&#34;lang&#34;") {
		t.Errorf("got %d, want 400 and a sentence about wrokers alone\n%.400s", resp.StatusCode, body)
	}
}
