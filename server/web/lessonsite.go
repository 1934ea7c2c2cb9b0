package web

import (
	"cmp"
	"net/http"
	"net/url"
	"strings"

	"procession/templates"
)

// lessonsPath is where the lessons are.
const lessonsPath = "/lessons"

// visit is what matters of a request for a page of the lessons, beside its
// language.
type visit struct {
	origin string
	path   string
	sought string // what is searched for
}

func newVisit(r *http.Request) visit { return visit{origin: origin(r), path: r.URL.Path} }

// site is what every page of a course has. Its text is in one language, and the
// same page is there in others.
func (w *Web) site(c *course, v visit, text string, tags []string) templates.Site {
	lang := w.languages.near(text)
	s := templates.Site{
		Lang:      lang,
		Languages: strings.Join(w.languages.tags(), " "),
		Words:     templates.Words(w.languages[lang]),
		Origin:    v.origin,
		Path:      v.path,
	}
	if c.of.live {
		s.Version = c.Version
	}
	for _, tag := range tags {
		if tag != text {
			query := url.Values{langKey: {tag}}
			if v.sought != "" {
				query.Set("q", v.sought)
			}
			s.Others = append(s.Others, templates.Language{Tag: tag, URL: "?" + query.Encode(), Name: w.languages.name(tag)})
		}
	}
	return s
}

// near gives the language of the words around a text: the text's own, if there
// is a catalogue of it.
func (l languages) near(text string) string {
	if tag, ok := findLanguage(l.tags(), text); ok {
		return tag
	}
	return fallback
}

// name is how a language calls itself; its tag where nobody knows.
func (l languages) name(tag string) string {
	return cmp.Or(l[tag]["lessons.language"], tag)
}

// origin is what stands before the path in the addresses of this site, as the
// browser sees it; empty when it cannot be known.
func origin(r *http.Request) string {
	if !host.MatchString(r.Host) {
		return ""
	}
	if r.TLS != nil || strings.EqualFold(r.Header.Get("X-Forwarded-Proto"), "https") {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}
