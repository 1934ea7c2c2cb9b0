package problem

import (
	"encoding/json"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"strings"
	"sync"

	"procession/server/korean"
	"procession/server/wire"
	"procession/static"
)

// fallback is the language of what another one has no words for.
const fallback = "en"

// catalogue is what one language says of problems.
type catalogue struct {
	// Problems are the sentences by their names. A page of one has its title
	// under its name with ".title", and the text of its link with ".link".
	Problems map[string]string `json:"problems"`
	// Allowed is what the simulator says is allowed, by its English.
	Allowed map[string]string `json:"allowed"`
}

// catalogues are those of all languages, by tag ("ko").
var catalogues = sync.OnceValue(func() map[string]catalogue {
	names, err := fs.Glob(static.FS, "lang/problems/*.json")
	if err != nil {
		panic("problem: catalogues: " + err.Error()) // the pattern is a constant
	}
	all := map[string]catalogue{}
	for _, name := range names {
		var c catalogue
		data, err := fs.ReadFile(static.FS, name)
		if err == nil {
			err = json.Unmarshal(data, &c)
		}
		if err != nil {
			panic("problem: catalogues: " + name + ": " + err.Error()) // it is part of the program
		}
		all[strings.TrimSuffix(path.Base(name), ".json")] = c
	}
	return all
})

// particles are places of a sentence with the particle behind them: "{value:은}".
var particles = regexp.MustCompile(`\{(\w+):(\p{Hangul}+)\}`)

// word gives a text of a language by its name, if need be in English; empty
// when there is none.
func word(lang, name string) string {
	if text, ok := catalogues()[lang].Problems[name]; ok {
		return text
	}
	return catalogues()[fallback].Problems[name]
}

// Sentence says an error in a language.
func Sentence(lang string, e *wire.Error) string {
	c := catalogues()[lang]
	pattern, ok := c.Problems[name(e)]
	if lang == fallback || !ok {
		return e.Text
	}
	places := maps.Clone(e.Args)
	if allowed, ok := c.Allowed[e.Args["allowed"]]; ok {
		places["allowed"] = allowed
	}
	pattern = particles.ReplaceAllStringFunc(pattern, func(place string) string {
		m := particles.FindStringSubmatch(place)
		return "{" + m[1] + "}" + korean.Particle(places[m[1]], m[2])
	})
	if e.Args["allowed"] != "" {
		places["allowed"] = places.Fill(places["allowed"])
	}
	if e.Args == nil {
		places = map[string]string{"text": e.Text}
	}
	return places.Fill(pattern)
}
