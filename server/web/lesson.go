package web

import (
	"bytes"
	"context"
	"net/http"
	"path"
	"strings"

	"procession/lessons"
	"procession/server/fair"
	"procession/server/figure"
	"procession/server/problem"
	"procession/server/wire"
	"procession/templates"
)

// lesson shows a lesson: all its steps in one page.
func (w *Web) lesson(rw http.ResponseWriter, r *http.Request) error {
	return w.showLesson(rw, r, w.courses, strings.TrimPrefix(r.URL.Path, lessonsPath+"/"))
}

// showLesson shows a lesson of a course.
func (w *Web) showLesson(rw http.ResponseWriter, r *http.Request, from *courses, slug string) error {
	c := from.now()
	tags := c.languagesOf(slug)
	if len(tags) == 0 {
		return w.noLesson(rw, r, c, slug)
	}
	l := c.find(chooseLanguage(tags, r.URL.Query().Get(langKey), r), slug)
	v := newVisit(r)
	p, err := c.printed.answer(r.Context(), question("lesson", l.Language, slug, v.origin), func(ctx context.Context) (*printed, error) {
		return w.printLesson(ctx, who(r), v, c, l)
	})
	if err != nil {
		return err
	}
	p.serve(rw, r)
	return nil
}

// printLesson tells a lesson and prints its page.
func (w *Web) printLesson(ctx context.Context, who fair.Who, v visit, c *course, l *lessons.Lesson) (*printed, error) {
	t, err := c.tell(ctx, l)
	if err != nil {
		return nil, err
	}
	if t.told == nil && !c.of.live {
		return nil, untold(l, t.problems)
	}
	p, err := w.printPage(ctx, who, keptLevel, func() templates.Page { return w.lessonPage(v, c, l, t) })
	if err == nil && t.told == nil {
		err = errPassing
	}
	return p, err
}

// printPage prints a page, when it is the turn of the one who asked.
func (w *Web) printPage(ctx context.Context, who fair.Who, level int, page func() templates.Page) (*printed, error) {
	return w.press(ctx, who, types[".html"], level, func() ([]byte, error) {
		var body bytes.Buffer
		err := templates.Write(&body, page())
		return body.Bytes(), err
	})
}

// lessonPage is what the page of a lesson shows.
func (w *Web) lessonPage(v visit, c *course, l *lessons.Lesson, t *telling) templates.Lesson {
	site := w.site(c, v, l.Language, c.languagesOf(l.Slug))
	p := templates.Lesson{
		Site: site, Text: l.Language, Slug: l.Slug, Number: l.Number, Title: l.Title, Summary: l.Summary, Minutes: l.Minutes,
		Intro: prose(l.Intro),
	}
	p.Needs = c.needs(l)
	p.Previous, p.Next = c.around(l)
	view := lessonView{Lesson: l, told: t.told, lang: site.Lang, words: site.Words}
	if c.of.live {
		p.Problems, view.mistakes = c.placed(l, t.problems)
	}
	p.Steps, p.Sandbox = view.steps()
	p.Marks = figure.Marks()
	return p
}

// noLesson answers who asks for a lesson that is not there. An author may ask
// for one whose file cannot be read: then the page says why.
func (w *Web) noLesson(rw http.ResponseWriter, r *http.Request, c *course, slug string) error {
	var broken []lessons.Problem
	if c.of.live {
		for _, p := range c.Problems {
			if path.Base(p.File) == slug+".md" {
				broken = append(broken, p)
			}
		}
	}
	if len(broken) > 0 {
		lang, v := w.languages.choose(r.URL.Query().Get(langKey), r), newVisit(r)
		p, err := c.printed.answer(r.Context(), question("broken", lang, slug, v.origin), func(ctx context.Context) (*printed, error) {
			return w.printPage(ctx, who(r), pageLevel, func() templates.Page {
				return templates.Lesson{Site: w.site(c, v, lang, nil), Text: lang, Slug: slug, Title: slug, Problems: c.mistakes(broken)}
			})
		})
		if err == nil {
			p.serve(rw, r)
		}
		return err
	}
	return noSuchLesson(slug)
}

// untold is a lesson whose runs did not come to an end.
func untold(l *lessons.Lesson, problems []lessons.Problem) error {
	sentence := l.File
	if len(problems) > 0 {
		sentence = problems[0].Error()
	}
	return problem.Say(wire.Failed, "untold", "", "title", l.Title, "reason", sentence)
}

func noSuchLesson(slug string) error {
	return problem.Say(wire.NotFound, "no-lesson", "lesson", "name", problem.Quote(slug))
}

// around gives the lessons before and after one, nil where there is none.
func (c *course) around(l *lessons.Lesson) (before, after *templates.Link) {
	all := c.Lessons[l.Language]
	for i, other := range all {
		if other != l {
			continue
		}
		if i > 0 {
			link := lessonLink(all[i-1])
			before = &link
		}
		if i+1 < len(all) {
			link := lessonLink(all[i+1])
			after = &link
		}
	}
	return before, after
}

func lessonLink(l *lessons.Lesson) templates.Link {
	return templates.Link{URL: lessonURL(l), Text: l.Title}
}

// stepURL is the address of a step; of the lesson where step is 0.
func stepURL(l *lessons.Lesson, step int) string {
	if step == 0 {
		return lessonURL(l)
	}
	return lessonURL(l) + "#" + stepID(step)
}

// lessonURL is the address of a lesson in its language.
func lessonURL(l *lessons.Lesson) string {
	return lessonsPath + "/" + l.Slug + "?" + langKey + "=" + l.Language
}
