package web_test

import (
	"net/http"
	"strings"
	"testing"
)

func TestWordsOfPanelsComeLater(t *testing.T) {
	s := newSite(t, 10)
	for path, want := range map[string]string{
		"/static/lang/en.json":       `{"ui":{"page.title":"title en"}}`,
		"/static/lang/en.later.json": `{"ui":{"set.mode":"Where"}}`,
		"/static/lang/ko.later.json": `{"ui":{}}`,
	} {
		if resp, body := s.get(t, "GET", path, nil); resp.StatusCode != http.StatusOK || body != want {
			t.Errorf("%s: got %d, %s, want %s", path, resp.StatusCode, body, want)
		}
	}
}

func TestScriptsAndStylesAreShortened(t *testing.T) {
	s := newSite(t, 10)
	_, body := s.get(t, "GET", "/static/js/module.js", nil)
	if strings.Contains(body, "why") || !strings.Contains(body, "export const answer=") || !strings.Contains(body, `import{t}from"./text.js"`) {
		t.Errorf("got %s, want the module without its comments", body)
	}
	if strings.Contains(body, "question") || !strings.Contains(body, "function again(") {
		t.Errorf("got %s, want names of functions, and none of their variables", body)
	}
	if _, body := s.get(t, "GET", "/static/js/broken.js", nil); body != broken {
		t.Errorf("got %s, want what cannot be read as it is", body)
	}
}
