package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"procession/internal/near"
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

// figureKeys are what an address of a picture has besides the scenario: theme is
// light, dark, or auto, as the reader's system says; headline and note are the
// words over it, own those for handlers, as in a frame.
var figureKeys = []string{langKey, "at", "theme", "headline", "note", "own"}

// figure draws a moment of a run: /figure.svg?scenario&at=3s.
func (w *Web) figure(rw http.ResponseWriter, r *http.Request) error {
	query, keys := takeKeys(r.URL.RawQuery, figureKeys...)
	sc, err := scenario.Parse(query)
	if err != nil {
		return meantOfFigure(err)
	}
	at := int64(0)
	if text, ok := keys["at"]; ok {
		if at, err = scenario.ParseDuration(text, 0); err != nil || at > lessons.MaxUntil {
			return problem.Say(wire.BadRange, "moment", "at", "value", problem.Quote(text), "most", scenario.FormatDuration(lessons.MaxUntil))
		}
	}
	if t := keys["theme"]; t != "" && t != "light" && t != "dark" && t != "auto" {
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

// meantOfFigure asks whether a key that no scenario has was to be one of the
// picture itself.
func meantOfFigure(err error) error {
	unknown, ok := err.(*scenario.Error)
	if !ok || unknown.Key != "scenario" {
		return err
	}
	if meant := near.Word(unknown.Value, figureKeys); meant != "" {
		return problem.Say(wire.BadRange, "figure.key", "scenario", "value", unknown.Shown(), "near", meant)
	}
	return err
}

// failFigure answers a request for a picture with what went wrong: as a picture
// where one is shown, else as data.
func (w *Web) failFigure(rw http.ResponseWriter, r *http.Request, err error) {
	if errors.Is(err, context.Canceled) {
		return // nobody is there to be told
	}
	if !strings.Contains(r.Header.Get("Accept"), "image/") {
		w.failData(rw, r, err)
		return
	}
	p, lang := w.open(rw, r, err)
	_, keys := takeKeys(r.URL.RawQuery, figureKeys...)
	svg := figure.Refusal(p.Title(lang), p.Sentence(lang), keys["theme"])
	h := rw.Header()
	h.Set("Content-Security-Policy", figurePolicy)
	h.Set("Content-Type", types[".svg"])
	h.Set("Content-Length", strconv.Itoa(len(svg)))
	rw.WriteHeader(p.Status)
	if r.Method != http.MethodHead {
		_, _ = rw.Write(svg) // an error is a browser that went away
	}
}
