package web

import (
	"context"
	"net/http"
	"strings"
	"time"

	"procession/lessons"
	"procession/templates"
)

// problemsWait is how long the page of an author's course waits for runs that
// may show mistakes.
const problemsWait = 5 * time.Second

// coursePage shows all lessons, and where something is in them: /lessons?q=words.
func (w *Web) coursePage(rw http.ResponseWriter, r *http.Request) error {
	c := w.courses.now()
	asked := r.URL.Query()
	tags := c.spoken()
	if len(tags) == 0 {
		tags = w.languages.tags() // in which that can be said
	}
	tag := chooseLanguage(tags, asked.Get(langKey), r)
	p := templates.Course{Site: w.site(r, tag, tags)}
	for _, l := range c.Lessons[tag] {
		p.Items = append(p.Items, c.item(l))
		p.Minutes += l.Minutes
	}
	if query := cleanQuery(asked.Get("q")); query != "" {
		p.Search = c.search(tag, query)
	}
	if w.courses.live {
		ctx, cancel := context.WithTimeout(r.Context(), problemsWait)
		defer cancel()
		p.Problems = w.courses.mistakes(c.allProblems(ctx))
	}
	return writeKept(rw, r, p)
}

// spoken are the languages in which there are lessons.
func (c *course) spoken() (tags []string) {
	for _, t := range c.Languages {
		if len(c.Lessons[t]) > 0 {
			tags = append(tags, t)
		}
	}
	return tags
}

// item shows a lesson on the course page.
func (c *course) item(l *lessons.Lesson) templates.Item {
	return templates.Item{
		Slug: l.Slug, URL: lessonURL(l), Number: l.Number, Title: l.Title, Summary: l.Summary,
		Minutes: l.Minutes, Steps: len(l.Steps), Needs: c.needs(l),
	}
}

// needs are links to the lessons that come before one.
func (c *course) needs(l *lessons.Lesson) (links []templates.Link) {
	for _, slug := range l.Needs {
		if need := c.Find(l.Language, slug); need != nil {
			links = append(links, lessonLink(need))
		}
	}
	return links
}

// longestQuery is how many letters of a query are looked for.
const longestQuery = 100

// cleanQuery is what a reader searches for, in one line.
func cleanQuery(q string) string {
	q = strings.Join(strings.Fields(strings.ToValidUTF8(q, " ")), " ")
	if letters := []rune(q); len(letters) > longestQuery {
		q = strings.TrimSpace(string(letters[:longestQuery]))
	}
	return q
}
