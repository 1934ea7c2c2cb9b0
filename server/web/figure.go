package web

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"procession/internal/own"
	"procession/lessons"
	"procession/server/figure"
	"procession/server/problem"
	"procession/server/wire"
	"procession/sim"
	"procession/sim/scenario"
	"procession/templates"
)

const (
	// figurePath is where the picture of any run at any moment is.
	figurePath = "/figure.svg"
	// figurePolicy lets a picture have the style that is in it, and nothing
	// else, and anybody have it in a frame.
	figurePolicy = "default-src 'none'; style-src 'unsafe-inline'"
	// figureAge is how long a picture is kept without asking: it changes only
	// with the program.
	figureAge = "max-age=3600"
)

// pictureURL is where the picture of a run at a moment, virtual µs, is.
func pictureURL(lang string, at int64, query string) string {
	u := figurePath + "?" + langKey + "=" + lang + "&at=" + scenario.FormatDuration(at)
	if query != "" {
		u += "&" + query
	}
	return u
}

// figureStyles are the styles of the pictures that stand in pages.
func figureStyles() (*asset, error) { return newAsset("figure.css", []byte(figure.CSS())), nil }

// figure draws a moment of a run: /figure.svg?scenario&at=3s. With theme=light
// or theme=dark it has those colours, else those of the reader's system.
// headline= and note= are the words over it, own= those for handlers, as in a frame.
func (w *Web) figure(rw http.ResponseWriter, r *http.Request) error {
	query, keys := takeKeys(r.URL.RawQuery, langKey, "at", "theme", "headline", "note", "own")
	sc, err := scenario.Parse(query)
	if err != nil {
		return err
	}
	at := int64(0)
	if text, ok := keys["at"]; ok {
		if at, err = scenario.ParseDuration(text, 0); err != nil || at > lessons.MaxUntil {
			return problem.Say(wire.BadRange, "moment", "at", "value", problem.Quote(text), "most", scenario.FormatDuration(lessons.MaxUntil))
		}
	}
	if t := keys["theme"]; t != "" && t != "light" && t != "dark" {
		return problem.Say(wire.BadRange, "theme", "theme", "value", problem.Quote(t))
	}
	lang := w.languages.choose(keys[langKey], r)
	unhurried(rw)
	headline, note := caption(keys["headline"], lessons.MaxHeadline), caption(keys["note"], lessons.MaxNote)
	words := own.Read(plain(keys["own"]))
	question := fmt.Sprintf("figure %s %s %d %q %q %q %s", lang, keys["theme"], at, headline, note, keys["own"], sc)
	file, err := w.memo.answer(r.Context(), question, func(ctx context.Context) (file []byte, err error) {
		past, err := figure.NewPast(lang)
		if err != nil {
			return nil, err
		}
		past.Own(words)
		err = w.player.watch(ctx, who(r), sc, at, past.Note, func(run *sim.Run) error {
			file = figure.File(run.Snapshot(), figure.Options{
				Words: templates.Words(w.languages[lang]).T, Now: at, ID: "figure", Theme: keys["theme"],
				Past: past, Headline: headline, Note: note,
			})
			return nil
		})
		return file, err
	})
	if err != nil {
		return err
	}
	rw.Header().Add("Vary", "Accept-Language")
	keepPicture(rw, r, file)
	return nil
}

// caption reads words over a stage, escaped as in an address: in one line, and
// no longer than they may be, as a frame does.
func caption(text string, most int) string {
	runes := []rune(strings.Join(strings.Fields(plain(text)), " "))
	return string(runes[:min(most, len(runes))])
}

// plain gives a text of an address without its escapes.
func plain(text string) string {
	if plain, err := url.QueryUnescape(text); err == nil {
		return plain
	}
	return text
}

// keepPicture writes a picture that any page may show and keep.
func keepPicture(rw http.ResponseWriter, r *http.Request, svg []byte) {
	h := rw.Header()
	h.Set("Content-Security-Policy", figurePolicy)
	h.Del("Cross-Origin-Opener-Policy")
	keepText(rw, r, types[".svg"], svg, figureAge)
}
