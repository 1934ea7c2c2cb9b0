package web

import (
	"bytes"
	"encoding/xml"
	"io/fs"
	"net/http"
	"os"
	"runtime/debug"
	"sync"
	"time"

	"procession/lessons"
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
	s := w.site(r, tag, nil)
	here := s.Origin + lessonsPath
	f := atomFeed{
		Lang: tag, ID: here + "?" + langKey + "=" + tag, Title: s.Words.T("brand") + ": " + s.Words.T("lessons.title"), Subtitle: s.Words.T("lessons.lead"),
		Updated: w.courses.changed(c.Lessons[tag]).Format(time.RFC3339), Author: atomAuthor{s.Words.T("brand")},
		Links: []atomLink{
			{"self", "application/atom+xml", s.Origin + r.URL.Path + "?" + langKey + "=" + tag},
			{"alternate", "text/html", here + "?" + langKey + "=" + tag},
		},
	}
	for _, l := range c.Lessons[tag] {
		e, err := w.feedEntry(r, c, l)
		if err != nil {
			return err
		}
		f.Entries = append(f.Entries, e)
	}
	body, err := xml.Marshal(f)
	if err != nil {
		return err
	}
	rw.Header().Add("Vary", "Accept-Language")
	keepText(rw, r, feedType, append([]byte(xml.Header), body...), "no-cache")
	return nil
}

// feedEntry is a lesson in the feed.
func (w *Web) feedEntry(r *http.Request, c *course, l *lessons.Lesson) (atomEntry, error) {
	s := w.site(r, l.Language, nil)
	t, err := c.tell(r.Context(), l)
	if err != nil {
		return atomEntry{}, err
	}
	e := atomEntry{
		ID: s.Origin + lessonURL(l), Title: l.Title, Updated: w.courses.changed([]*lessons.Lesson{l}).Format(time.RFC3339),
		Link: atomLink{"alternate", "text/html", s.Origin + lessonURL(l)}, Summary: l.Summary,
	}
	page := w.lessonPage(r, c, l, t)
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
func (c *courses) changed(all []*lessons.Lesson) (youngest time.Time) {
	for _, l := range all {
		if file, err := fs.Stat(c.files, l.File); err == nil && file.ModTime().After(youngest) {
			youngest = file.ModTime().UTC().Truncate(time.Second)
		}
	}
	if youngest.IsZero() {
		return built() // embedded files have no time
	}
	return youngest
}
