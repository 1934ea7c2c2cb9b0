package web_test

import (
	"encoding/xml"
	"net/http"
	"strings"
	"testing"
)

func TestFigure(t *testing.T) {
	s := newCourse(t, aCourse(), false)
	resp, dark := s.get(t, "GET", "/figure.svg?mode=store&visitors=Ada,Grace&at=9s&lang=ko&theme=dark", nil)
	if resp.StatusCode != 200 || resp.Header.Get("Content-Type") != "image/svg+xml" {
		t.Fatalf("got %d, %s: %.300s", resp.StatusCode, resp.Header.Get("Content-Type"), dark)
	}
	if err := xml.Unmarshal([]byte(dark), new(struct{ XMLName xml.Name })); err != nil {
		t.Errorf("%v in %s", err, dark)
	}
	holds(t, "the picture", dark, `<svg xmlns="http://www.w3.org/2000/svg"`, "<title", "<style>", "#1e2026", ">Ada<")
	policy := resp.Header.Get("Content-Security-Policy")
	if policy != "default-src 'none'; style-src 'unsafe-inline'" || resp.Header.Get("Cross-Origin-Opener-Policy") != "" || resp.Header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("got the headers %v", resp.Header)
	}
	if _, light := s.get(t, "GET", "/figure.svg?mode=store&visitors=Ada,Grace&at=9s&theme=light", nil); strings.Contains(light, "#1e2026") || strings.Contains(light, "@media") {
		t.Errorf("the light picture is dark: %.600s", light)
	}
	if _, own := s.get(t, "GET", "/figure.svg?theme=auto", nil); !strings.Contains(own, "prefers-color-scheme:dark") {
		t.Errorf("the picture does not follow the reader's system: %.600s", own)
	}
	_, told := s.get(t, "GET", "/figure.svg?at=3.4s&headline=Who%20%26%20why%3F&note=Look+here", nil)
	holds(t, "the picture of a miss", told, "looks up a8be in its own memory and finds nothing", ">Who &amp; why?<", ">Look here<", `sessions.get(&#34;a8be&#34;) → undefined`, ">a8be ?<")
	if _, same := s.get(t, "GET", "/figure.svg?at=3.4s&headline=Another", nil); strings.Contains(same, "why?") || !strings.Contains(same, ">Another<") {
		t.Errorf("the picture has the headline of another one: %.600s", same)
	}
	voted := "/figure.svg?visitors=Ada&handlers=vote%3A%20incr%20votes&script=vote*9&think=800ms&at=2s&own="
	_, told = s.get(t, "GET", voted+"%5B%7B%22name%22%3A%22vote%22%2C%22says%22%3A%7B%22200%22%3A%22%7Bvisitor%7D%20%3Cvotes%3E%3A%20%7Bvalue%7D.%22%7D%7D%5D", nil)
	holds(t, "the picture of a vote", told, "&lt;votes&gt;: 1.")
	if _, plain := s.get(t, "GET", voted+"nothing", nil); strings.Contains(plain, "votes&gt;") {
		t.Errorf("the picture has the words of another one: %.600s", plain)
	}
	if resp, css := s.get(t, "GET", "/figure.css", nil); resp.Header.Get("Content-Type") != "text/css; charset=utf-8" || !strings.Contains(css, "var(--p1)") {
		t.Errorf("the style of pictures: got %s, %.300s", resp.Header.Get("Content-Type"), css)
	}
}

func TestFigureRefuses(t *testing.T) {
	s := newCourse(t, aCourse(), false)
	for _, c := range []struct {
		path, says string
	}{
		{"/figure.svg?at=901s", "900s"},
		{"/figure.svg?at=soon", "at is a moment"},
		{"/figure.svg?at=", "at is a moment"},
		{"/figure.svg?theme=%22pink%3Cscript%3E", "theme:"},
		{"/figure.svg?workers=99", "1 to 16"},
		{"/figure.svg?them=light", "did you mean theme?"},
		{"/figure.svg?mode=shared", "local, store"},
		{"/figure.svg?visitors=2000&costs=measured&think=1ms&at=600s", "More than 200000 events"},
	} {
		resp, body := s.get(t, "GET", c.path, nil)
		if resp.StatusCode != http.StatusBadRequest || resp.Header.Get("Content-Type") != "application/json" || !strings.Contains(body, c.says) {
			t.Errorf("%s: got %d, %s; want 400 and %q", c.path, resp.StatusCode, body, c.says)
		}
		// An element img shows pictures alone, those of a mistake as well.
		resp, body = s.get(t, "GET", c.path, http.Header{"Accept-Encoding": {"identity"}, "Accept": {"image/avif,image/svg+xml,image/*,*/*;q=0.8"}})
		var picture struct {
			XMLName xml.Name
			Desc    string `xml:"desc"`
		}
		if err := xml.Unmarshal([]byte(body), &picture); err != nil || resp.StatusCode != http.StatusBadRequest || resp.Header.Get("Content-Type") != "image/svg+xml" || !strings.Contains(picture.Desc, c.says) {
			t.Errorf("%s: the picture: got %d, %s, %v; want 400 and %q", c.path, resp.StatusCode, body, err, c.says)
		}
	}
}

// TestEmbed: the stage may stand in the frames of others, and nothing else may.
func TestEmbed(t *testing.T) {
	s := newCourse(t, aCourse(), false)
	for _, c := range []struct {
		path   string
		status int
		anyone bool
		says   string
	}{
		{"/embed", 200, true, "data-embed"},
		{"/embed?lang=ko&mode=store&do=3s%20crash%201", 200, true, `data-scenario="mode=store&amp;do=3s&#43;crash&#43;1"`},
		{"/embed?workers=99", 400, true, `href="/embed"`},
		{"/", 200, false, "procession-app"},
		{"/lessons", 200, false, "procession-course"},
		{"/lessons/01-two-copies", 200, false, "procession-lesson"},
		{"/embed/ws", 400, false, ""},
		{"/embed/more", 404, false, ""},
	} {
		resp, body := s.get(t, "GET", c.path, nil)
		policy := resp.Header.Get("Content-Security-Policy")
		if resp.StatusCode != c.status || !strings.Contains(body, c.says) {
			t.Errorf("%s: got %d without %q: %.600s", c.path, resp.StatusCode, c.says, body)
		}
		// A page on a disk is no site of the network: only without the directive may it have the frame.
		opener := "same-origin"
		if c.anyone {
			opener = ""
		}
		if strings.HasSuffix(policy, "; frame-ancestors 'self'") == c.anyone || strings.Contains(policy, "frame-ancestors") == c.anyone || !strings.HasPrefix(policy, "default-src 'self'") || resp.Header.Get("Cross-Origin-Opener-Policy") != opener {
			t.Errorf("%s: got the policy %q and the opener policy %q", c.path, policy, resp.Header.Get("Cross-Origin-Opener-Policy"))
		}
		if got := resp.Header.Values("Set-Cookie"); got != nil {
			t.Errorf("%s sets the cookies %v", c.path, got)
		}
	}
	// Both have the same stage, but a frame is not laid out in a window.
	_, stage := s.get(t, "GET", "/?mode=store", nil)
	_, embed := s.get(t, "GET", "/embed?mode=store", nil)
	if a, b := strings.Count(stage, "modulepreload"), strings.Count(embed, "modulepreload"); a < 10 || b != a-2 || strings.Contains(embed, "page/fit.js") {
		t.Errorf("the stage asks for %d modules, the embed for %d", a, b)
	}
	holds(t, "the embed", embed, `src="/figure.svg?lang=en&amp;at=10s&amp;mode=store"`, `/static/css/embed.css`)
}
