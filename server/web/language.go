package web

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"
)

const (
	// langKey chooses the language of a page in its address. It is no key of
	// the scenario: the same run is shown in every language.
	langKey = "lang"
	// fallback is the language of those whose own we do not speak.
	fallback = "en"
)

// languages are the catalogues of words, by language tag ("ko"). A new language
// is a new file in static/lang.
type languages map[string]map[string]string

// newLanguages reads the part of each catalogue that the page needs.
func newLanguages(files fs.FS) (languages, error) {
	names, err := fs.Glob(files, "lang/*.json")
	if err != nil {
		return nil, fmt.Errorf("web: languages: %w", err)
	}
	l := languages{}
	for _, name := range names {
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, fmt.Errorf("web: languages: %w", err)
		}
		var words struct {
			UI map[string]string `json:"ui"`
		}
		if err := json.Unmarshal(data, &words); err != nil {
			return nil, fmt.Errorf("web: %s cannot be read: %w", name, err)
		}
		l[strings.TrimSuffix(path.Base(name), ".json")] = words.UI
	}
	return l, nil
}

// tags are the languages that there are, in a stable order.
func (l languages) tags() []string {
	tags := make([]string, 0, len(l))
	for tag := range l {
		tags = append(tags, tag)
	}
	slices.Sort(tags)
	return tags
}

// choose gives the language of a page's words.
func (l languages) choose(asked string, r *http.Request) string {
	return chooseLanguage(l.tags(), asked, r)
}

// chooseLanguage gives one of some languages: the one that the page's address
// asks for, else the one that the browser likes best. Where it likes none it is
// the fallback, or the first one if that is not there.
func chooseLanguage(tags []string, asked string, r *http.Request) string {
	if tag, ok := findLanguage(tags, asked); ok {
		return tag
	}
	best, most := fallback, 0.0
	if !slices.Contains(tags, best) && len(tags) > 0 {
		best = tags[0]
	}
	for part := range strings.SplitSeq(r.Header.Get("Accept-Language"), ",") {
		name, params, _ := strings.Cut(part, ";")
		weight := 1.0
		if q, ok := strings.CutPrefix(strings.ReplaceAll(params, " ", ""), "q="); ok {
			var err error
			if weight, err = strconv.ParseFloat(q, 64); err != nil {
				continue
			}
		}
		if tag, ok := findLanguage(tags, strings.TrimSpace(name)); ok && weight > most {
			best, most = tag, weight
		}
	}
	return best
}

// findLanguage gives the one that is meant by a tag of the web: that very one,
// or "ko" for "ko-KR".
func findLanguage(tags []string, tag string) (string, bool) {
	base, _, _ := strings.Cut(tag, "-")
	for _, wanted := range []string{tag, base} {
		for _, t := range tags {
			if strings.EqualFold(t, wanted) {
				return t, true
			}
		}
	}
	return "", false
}

// withoutLanguage takes the language out of a query, and leaves the scenario.
func withoutLanguage(query string) (scenario, lang string) {
	var rest []string
	for part := range strings.SplitSeq(query, "&") {
		if value, ok := strings.CutPrefix(part, langKey+"="); ok {
			lang = value
			continue
		}
		rest = append(rest, part)
	}
	return strings.Join(rest, "&"), lang
}
