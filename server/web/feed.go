package web

import (
	"bytes"
	"context"
	"encoding/xml"
	"net/http"
	"os"
	"runtime/debug"
	"sync"
	"time"

	"procession/lessons"
	"procession/server/fair"
	"procession/templates"
)

// feedType is the content type of a feed.
const feedType = "application/atom+xml; charset=utf-8"

// Atom, RFC 4287.
type (
	atomFeed struct {
		XMLName  xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
		Lang     string      `xml:"xml:lang,attr"`
		ID       string      `xml:"id"`
		Title    string      `xml:"title"`
		Subtitle string      `xml:"subtitle"`
		Updated  string      `xml:"updated"`
		Author   atomAuthor  `xml:"author"`
		Links    []atomLink  `xml:"link"`
		Entries  []atomEntry `xml:"entry"`
	}
	atomAuthor struct {
		Name string `xml:"name"`
	}
	atomLink struct {
		Rel  string `xml:"rel,attr"`
		Type string `xml:"type,attr,omitempty"`
		Href string `xml:"href,attr"`
	}
	atomEntry struct {
		ID      string      `xml:"id"`
		Title   string      `xml:"title"`
		Updated string      `xml:"updated"`
		Link    atomLink    `xml:"link"`
		Summary string      `xml:"summary"`
		Content atomContent `xml:"content"`
	}
	atomContent struct {
		Type string `xml:"type,attr"`
		Base string `xml:"xml:base,attr"`
		Text string `xml:",chardata"`
	}
)

// feed lists the lessons for feed readers, each with the picture it begins with.
func (w *Web) feed(rw http.ResponseWriter, r *http.Request) error {
	c := w.courses.now()
	tags := c.spoken()
	if len(tags) == 0 {
		tags = w.languages.tags()
	}
	tag := chooseLanguage(tags, r.URL.Query().Get(langKey), r)
	v := newVisit(r)
	p, err := c.printed.answer(r.Context(), question("feed", tag, v.origin), func(ctx context.Context) (*printed, error) {
		return w.printFeed(ctx, who(r), v, c, tag)
	})
	if err != nil {
		return err
	}
	p.serve(rw, r)
	return nil
}

// printFeed tells all lessons of a language, and prints their feed.
func (w *Web) printFeed(ctx context.Context, who fair.Who, v visit, c *course, tag string) (*printed, error) {
	told := map[*lessons.Lesson]*telling{}
	complete := true
	for _, l := range c.Lessons[tag] {
		t, err := c.tell(ctx, l)
		if err != nil {
			return nil, err
		}
		told[l] = t
		complete = complete && t.told != nil
	}
	p, err := w.press(ctx, who, feedType, pageLevel, func() ([]byte, error) { return w.feedText(v, c, tag, told) })
	if err == nil && !complete {
		err = errPassing
	}
	return p, err
}

// feedText is the feed of a language.
func (w *Web) feedText(v visit, c *course, tag string, told map[*lessons.Lesson]*telling) ([]byte, error) {
	s := w.site(c, v, tag, nil)
	here := s.Origin + lessonsPath
	f := atomFeed{
		Lang: tag, ID: here + "?" + langKey + "=" + tag, Title: s.Words.T("brand") + ": " + s.Words.T("lessons.title"), Subtitle: s.Words.T("lessons.lead"),
		Updated: changed(c.Lessons[tag]...).Format(time.RFC3339), Author: atomAuthor{s.Words.T("brand")},
		Links: []atomLink{
			{"self", "application/atom+xml", s.Origin + v.path + "?" + langKey + "=" + tag},
			{"alternate", "text/html", here + "?" + langKey + "=" + tag},
		},
	}
	for _, l := range c.Lessons[tag] {
		e, err := w.feedEntry(v, c, l, told[l])
		if err != nil {
			return nil, err
		}
		f.Entries = append(f.Entries, e)
	}
	body, err := xml.Marshal(f)
	return append([]byte(xml.Header), body...), err
}

// feedEntry is a lesson in the feed.
func (w *Web) feedEntry(v visit, c *course, l *lessons.Lesson, t *telling) (atomEntry, error) {
	s := w.site(c, v, l.Language, nil)
	e := atomEntry{
		ID: s.Origin + lessonURL(l), Title: l.Title, Updated: changed(l).Format(time.RFC3339),
		Link: atomLink{"alternate", "text/html", s.Origin + lessonURL(l)}, Summary: l.Summary,
	}
	page := w.lessonPage(v, c, l, t)
	page.Path = lessonURL(l)
	var text bytes.Buffer
	if err := templates.Write(&text, templates.Reading(page)); err != nil {
		return atomEntry{}, err
	}
	e.Content = atomContent{Type: "html", Base: s.Origin + lessonsPath + "/", Text: text.String()}
	return e, nil
}

// built is when the program was: its lessons are of that day.
var built = sync.OnceValue(func() time.Time {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.time" {
				if t, err := time.Parse(time.RFC3339, s.Value); err == nil {
					return t
				}
			}
		}
	}
	if name, err := os.Executable(); err == nil {
		if file, err := os.Stat(name); err == nil {
			return file.ModTime().UTC().Truncate(time.Second)
		}
	}
	return time.Now().UTC().Truncate(time.Second)
})

// changed is when the youngest of some lessons was changed, as far as it is known.
func changed(all ...*lessons.Lesson) (youngest time.Time) {
	for _, l := range all {
		if l.Changed.After(youngest) {
			youngest = l.Changed.UTC().Truncate(time.Second)
		}
	}
	if youngest.IsZero() {
		return built() // embedded files have no time
	}
	return youngest
}
