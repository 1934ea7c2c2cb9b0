package web_test

import (
	"html"
	"net/url"
	"strings"
	"testing"
	"testing/fstest"
)

func TestSearch(t *testing.T) {
	s := newCourse(t, aCourse(), false)
	for _, c := range []struct{ lang, query, first, has string }{
		{"en", "copies", "/lessons/01-two-copies?lang=en\"", "Ada is out again."},
		{"en", "COPIES  login", "/lessons/01-two-copies?lang=en\"", ""},
		{"en", "question", "/lessons/01-two-copies?lang=en#step-2\"", "After the <mark>question</mark>."},
		{"en", "guess", "/lessons/01-two-copies?lang=en#step-2\"", ""},
		{"en", "uestio", "/lessons/01-two-copies?lang=en#step-2\"", "q<mark>uestio</mark>n"},
		{"ko", "로그아웃", "/lessons/01-two-copies?lang=ko\"", ""},
		{"ko", "우연", "/lessons/01-two-copies?lang=ko#step-2\"", "로그아웃은 <mark>우연</mark>이 아니에요."},
		{"ko", "그아", "/lessons/01-two-copies?lang=ko\"", "로<mark>그아</mark>웃은"},
		{"ko", "로그아웃", "", ""}, // decomposed, as some systems type it
		{"en", "question elephant", "/lessons/01-two-copies?lang=en#step-2\"", ""},
	} {
		page := s.page(t, "/lessons?lang="+c.lang+"&q="+url.QueryEscape(c.query))
		_, found, ok := strings.Cut(page, `<ol class="results">`)
		if !ok || !strings.Contains(found, c.has) {
			t.Errorf("%q: got %.800s, want %s", c.query, page, c.has)
			continue
		}
		if other := map[string]string{"en": "ko", "ko": "en"}[c.lang]; !strings.Contains(html.UnescapeString(page), "?lang="+other+"&q="+url.QueryEscape(strings.Join(strings.Fields(c.query), " "))+`"`) {
			t.Errorf("%q: the link to the other language forgets what is searched for", c.query)
		}
		_, first, _ := strings.Cut(found, `href="`)
		if !strings.HasPrefix(first, c.first) {
			t.Errorf("%q: the first is %.60s, want %s", c.query, first, c.first)
		}
	}
}

// TestSearchFindsNothing: then the page says what to try.
func TestSearchFindsNothing(t *testing.T) {
	s := newCourse(t, aCourse(), false)
	for _, q := range []string{"elephant", "<script>alert(1)</script>", `"><img src=x>`, strings.Repeat("qq ", 3000), "\x00\xff\xfe", "%", "{{.}}", "..", "'\\"} {
		page := s.page(t, "/lessons?q="+url.QueryEscape(q))
		if strings.Contains(page, "<script>alert") || strings.Contains(page, "<img") {
			t.Errorf("%q stands on the page", q)
		}
		if strings.TrimSpace(q) != "" && q != ".." && !strings.Contains(page, "nothing for") {
			t.Errorf("%.30q: got %.3000s", q, page)
		}
	}
	for _, path := range []string{"/lessons", "/lessons?q=", "/lessons?q=%20%20"} {
		if page := s.page(t, path); strings.Contains(page, `class="found"`) || !strings.Contains(page, `data-slug="02-and-so-on" data-steps="5"`) {
			t.Errorf("%s: got %.3000s", path, page)
		}
	}
}

// TestSearchKeepsSecrets: what gives an answer away is not found.
func TestSearchKeepsSecrets(t *testing.T) {
	s := newCourse(t, aCourse(), false)
	for _, q := range []string{"knows her", "vote"} {
		if page := s.page(t, "/lessons?q="+url.QueryEscape(q)); strings.Contains(page, "<mark>") {
			t.Errorf("%q: got %.3000s", q, page)
		}
	}
}

func TestEmptyCourse(t *testing.T) {
	s := newCourse(t, fstest.MapFS{}, false)
	holds(t, "the page", s.page(t, "/lessons?lang=ko"), `<html lang="ko"`, `lessons.none <a href="/lessons/guide?lang=ko">`)
	holds(t, "the feed", s.page(t, "/lessons/feed.xml"), `<feed`, `</feed>`)
}
