package web_test

import (
	"html"
	"regexp"
	"strings"
	"testing"

	"procession/server/korean"
)

var (
	// unspoken is what of a page nobody reads as a sentence.
	unspoken = regexp.MustCompile(`(?s)<(svg|pre|script|table|head).*?</(svg|pre|script|table|head)>`)
	tag      = regexp.MustCompile(`<[^>]*>`)
	// behind is a particle behind a number, a share or a word in Latin letters.
	behind = regexp.MustCompile(`([0-9A-Za-z.%+-]*[0-9A-Za-z%])(은|는|이|가|을|를|과|와|으로|로|이에요|예요|이라고|라고)([^\p{L}]|$)`)
	// foreign is a unit as it is written in English.
	foreign = regexp.MustCompile(`[0-9] (s|ms|µs|%)([^\p{L}\d/]|$)`)
)

// read are the words that are read otherwise than the rule for names in Latin
// letters would have it.
var read = map[string]string{
	"GET": "겟", "SET": "셋", "INCR": "인크리", "SIGQUIT": "시그큇", "MiB": "메비바이트", "JavaScript": "자바스크립트",
	"await": "어웨이트", "restart": "리스타트", "test": "테스트", "list": "리스트", "panic": "패닉", "atomic": "아토믹", "me": "미",
}

// forms has of each particle the form after a consonant.
var forms = map[string]string{"는": "은", "가": "이", "를": "을", "와": "과", "로": "으로", "예요": "이에요", "이라고": "이라", "라고": "이라"}

// sayKorean looks whether the text of a page is Korean where the run fills it
// in: its particles and its units.
func sayKorean(t *testing.T, path, page string) {
	t.Helper()
	text := html.UnescapeString(tag.ReplaceAllString(unspoken.ReplaceAllString(page, " "), ""))
	for _, m := range behind.FindAllStringSubmatch(text, -1) {
		form, ok := forms[m[2]]
		if !ok {
			form = m[2]
		}
		word, ok := read[m[1]]
		if !ok {
			word = m[1]
		}
		want := korean.Particle(word, form)
		if got := strings.TrimSuffix(m[2], "고"); got != want {
			t.Errorf("%s: %q, want %q behind %q", path, m[0], want, m[1])
		}
	}
	for _, at := range foreign.FindAllStringIndex(text, -1) {
		t.Errorf("%s has an English unit: %q", path, text[max(0, at[0]-30):at[1]])
	}
}
