package web_test

import (
	"encoding/json"
	"encoding/xml"
	"strings"
	"testing"
	"time"

	"procession/lessons"
	"procession/lessons/guide"
)

func TestFeed(t *testing.T) {
	s := newCourse(t, aCourse(), false)
	resp, body := s.get(t, "GET", "/lessons/feed.xml?lang=en", nil)
	if got := resp.Header.Get("Content-Type"); got != "application/atom+xml; charset=utf-8" {
		t.Errorf("got the type %q", got)
	}
	type link struct {
		Rel  string `xml:"rel,attr"`
		Href string `xml:"href,attr"`
	}
	var feed struct {
		XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
		ID      string   `xml:"id"`
		Title   string   `xml:"title"`
		Updated string   `xml:"updated"`
		Author  string   `xml:"author>name"`
		Links   []link   `xml:"link"`
	}
	if err := xml.Unmarshal([]byte(body), &feed); err != nil {
		t.Fatalf("%v in %s", err, body)
	}
	if _, err := time.Parse(time.RFC3339, feed.Updated); err != nil || feed.ID == "" || feed.Title == "" || feed.Author == "" {
		t.Errorf("got %+v", feed)
	}
	if len(feed.Links) != 2 || feed.Links[0] != (link{"self", s.URL + "/lessons/feed.xml?lang=en"}) {
		t.Errorf("got the links %v", feed.Links)
	}
	var entries struct {
		All []struct {
			ID      string `xml:"id"`
			Title   string `xml:"title"`
			Updated string `xml:"updated"`
			Summary string `xml:"summary"`
			Link    link   `xml:"link"`
			Content struct {
				Type string `xml:"type,attr"`
				Base string `xml:"base,attr"`
				Text string `xml:",chardata"`
			} `xml:"content"`
		} `xml:"entry"`
	}
	if err := xml.Unmarshal([]byte(body), &entries); err != nil {
		t.Fatal(err)
	}
	if len(entries.All) != 2 {
		t.Fatalf("got %d entries, want 2", len(entries.All))
	}
	e := entries.All[0]
	want := s.URL + "/lessons/01-two-copies?lang=en"
	if e.ID != want || e.Link != (link{"alternate", want}) || e.Title != "Two copies & one login" || e.Summary != "Ada is out again." || e.Content.Type != "html" || e.Content.Base != s.URL+"/lessons/" {
		t.Errorf("got %+v", e)
	}
	if _, err := time.Parse(time.RFC3339, e.Updated); err != nil {
		t.Error(err)
	}
	holds(t, "the text", e.Content.Text, "<h2>First look</h2>", `<img src="`+s.URL+`/figure.svg?lang=en&amp;at=0s&amp;visitors=Ada"`, "In 16 seconds",
		`at=3s`, "<strong>Is she out?</strong>", "<strong>No</strong> The store knows her.", "Ada stays in.", `<a href="`+want+`"`)
	if strings.Contains(e.Content.Text, "vote") || strings.Contains(e.Content.Text, "<form") {
		t.Errorf("the text has what is not for readers: %s", e.Content.Text)
	}
	// What the feed leads to is there.
	for _, path := range []string{"/lessons/01-two-copies?lang=en", "/figure.svg?lang=en&at=3s&mode=store&visitors=Ada"} {
		s.page(t, path)
	}
}

func TestSchema(t *testing.T) {
	s := newCourse(t, aCourse(), false)
	var got, want any
	s.data(t, "/lessons/schema.json", &got)
	if err := json.Unmarshal(lessons.Schema(), &want); err != nil {
		t.Fatal(err)
	}
	if got == nil || len(got.(map[string]any)) != len(want.(map[string]any)) {
		t.Errorf("got %v", got)
	}
}

// TestGuide: the author's guide is there in every language, is right in what it
// claims, and its challenge can be judged.
func TestGuide(t *testing.T) {
	for _, p := range (lessons.Linter{}).Lint(t.Context(), guide.FS).Problems {
		t.Error(p)
	}
	s := program(t)
	for _, lang := range []string{"en", "ko"} {
		page := s.page(t, "/lessons/guide?lang="+lang)
		holds(t, "the guide", page, `<procession-lesson data-slug="guide" data-lang="`+lang+`">`, "go run ./server new-lesson", "```sim", "data-predict", "```predict", "data-challenge", "/lessons/schema.json")
	}
	var verdict struct{ Met bool }
	for step, status := range map[string]int{"6": 200, "1": 400} {
		resp, body := s.get(t, "GET", "/lessons/guide/judge?step="+step+"&at=45000000&lang=ko&visitors=Ada,Grace,Linus&workers=2&do=10s%20set%20mode=store;15s%20login%20Ada;15s%20login%20Grace;15s%20login%20Linus", nil)
		if resp.StatusCode != status {
			t.Errorf("step %s: got %d, %s", step, resp.StatusCode, body)
		} else if status == 200 {
			if err := json.Unmarshal([]byte(body), &verdict); err != nil || !verdict.Met {
				t.Errorf("got %s, %v", body, err)
			}
		}
	}
}
