package web

import (
	"context"
	"net/http"
	"strings"
	"time"

	"procession/lessons"
	"procession/server/fair"
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
	v := newVisit(r)
	v.sought = cleanQuery(asked.Get("q"))
	p, err := c.printed.answer(r.Context(), question("course", tag, v.origin, v.sought), func(ctx context.Context) (*printed, error) {
		return w.printCourse(ctx, who(r), v, c, tag, tags)
	})
	if err != nil {
		return err
	}
	p.serve(rw, r)
	return nil
}

// printCourse prints the page of all lessons of a language.
func (w *Web) printCourse(ctx context.Context, who fair.Who, v visit, c *course, tag string, tags []string) (*printed, error) {
	var problems []templates.Problems
	complete := true
	if c.of.live {
		waiting, cancel := context.WithTimeout(ctx, problemsWait)
		defer cancel()
		var all []lessons.Problem
		all, complete = c.allProblems(waiting)
		problems = c.mistakes(all)
	}
	p, err := w.printPage(ctx, who, pageLevel, func() templates.Page {
		page := w.coursePageOf(v, c, tag, tags)
		page.Problems = problems
		return page
	})
	if err == nil && !complete {
		err = errPassing
	}
	return p, err
}

// coursePageOf is what the page of all lessons of a language shows, without
// their problems.
func (w *Web) coursePageOf(v visit, c *course, tag string, tags []string) templates.Course {
	p := templates.Course{Site: w.site(c, v, tag, tags), Text: tag}
	for _, l := range c.Lessons[tag] {
		if l.Part == lessons.Further {
			p.Further = append(p.Further, c.item(l))
		} else {
			p.Items = append(p.Items, c.item(l))
		}
		p.Count++
		p.Minutes += l.Minutes
	}
	p.Symptoms = symptoms(c.Lessons[tag])
	if v.sought != "" {
		p.Search = c.search(tag, v.sought)
	}
	return p
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
		Lang: l.Language, Slug: l.Slug, URL: lessonURL(l), Number: l.Number, Title: l.Title, Summary: l.Summary,
		Minutes: l.Minutes, Steps: len(l.Steps), Needs: c.needs(l),
	}
}

// symptoms lists those of all lessons by their kind, in the order of the lessons.
func symptoms(all []*lessons.Lesson) (kinds []templates.Symptoms) {
	for _, kind := range lessons.SymptomKinds {
		of := templates.Symptoms{Kind: kind}
		for _, l := range all {
			for _, s := range l.Symptoms {
				if s.Kind == kind {
					of.Items = append(of.Items, templates.Symptom{URL: stepURL(l, s.Step), Say: s.Say, Number: l.Number, Title: l.Title})
				}
			}
		}
		if len(of.Items) > 0 {
			kinds = append(kinds, of)
		}
	}
	return kinds
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
