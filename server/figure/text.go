package figure

import (
	"encoding/json"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Mean widths of a letter, in parts of the size of the type. They are on the
// generous side: nobody knows the reader's typeface.
const (
	regular = 0.56
	bold    = 0.6
	mono    = 0.61
	wide    = 1.0 // of Korean, Chinese and Japanese
)

// width estimates how long a text is.
func width(text string, size, letter float64) (w float64) {
	for _, r := range text {
		if r >= 0x1100 {
			w += wide * size
		} else {
			w += letter * size
		}
	}
	return w
}

// fit shortens a text to a width.
func fit(text string, size, letter, most float64) string {
	if width(text, size, letter) <= most {
		return text
	}
	runes := []rune(text)
	for len(runes) > 0 && width(string(runes)+"…", size, letter) > most {
		runes = runes[:len(runes)-1]
	}
	return strings.TrimRight(string(runes), " ·") + "…"
}

// short is the part of a session id that is shown.
func short(sid string) string { return sid[:min(4, len(sid))] }

// session is what a session says about its visitor.
type session struct {
	User string `json:"user"`
	Cart int    `json:"cart"`
}

// holder says in a few letters whose session it is; empty: nobody's.
func holder(data string) string {
	var s session
	if json.Unmarshal([]byte(data), &s) != nil {
		return ""
	}
	return carts(s.User, s.Cart)
}

// carts is a name with what is in the cart: Ada +2.
func carts(name string, n int) string {
	if n == 0 {
		return name
	}
	return name + " +" + strconv.Itoa(n)
}

// initials are the letters on the discs: the first of a name, two where
// somebody else begins alike, the number of a numbered one.
func initials(names []string) map[string]string {
	count := map[string]int{}
	for _, n := range names {
		count[first(n)]++
	}
	letters := map[string]string{}
	for _, n := range names {
		r, size := utf8.DecodeRuneInString(n)
		rest := n[size:]
		switch {
		case !unicode.IsDigit(r) && rest != "" && strings.Trim(rest, "0123456789") == "":
			letters[n] = rest
		case count[first(n)] > 1 && rest != "":
			_, second := utf8.DecodeRuneInString(rest)
			letters[n] = first(n) + rest[:second]
		default:
			letters[n] = first(n)
		}
	}
	return letters
}

func first(name string) string {
	r, _ := utf8.DecodeRuneInString(name)
	return string(unicode.ToUpper(r))
}

// monitored matches a word of a command as redis-cli monitor writes it.
var monitored = regexp.MustCompile(`"((?:[^"\\]|\\.)*)"`)

// longWord is the longest word of a command that is written out.
const longWord = 14

// readable is a command to the store as a person would say it: GET sess:7f3a.
func readable(line string) string {
	var words []string
	for i, m := range monitored.FindAllStringSubmatch(line, -1) {
		word := m[1]
		switch {
		case i == 0:
		case strings.HasPrefix(word, "sess:"):
			word = word[:min(9, len(word))]
		case len(word) > longWord:
			word = "{…}"
		}
		words = append(words, word)
	}
	return strings.Join(words, " ")
}
