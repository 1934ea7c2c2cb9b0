package korean

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// final is how a word ends in speech.
type final int

const (
	open   final = iota // with a vowel
	closed              // with a consonant
	rieul               // with ㄹ, after which 으로 is 로
)

// particles are the pairs by the form after a consonant.
var particles = map[string]string{
	"은": "는", "이": "가", "을": "를", "과": "와", "으로": "로", "이에요": "예요", "이라": "라", "아": "야",
}

// digits are the ends of 영 일 이 삼 사 오 육 칠 팔 구; a number that ends in
// zeros ends in 십, 백, 천, 만 or 억, which are closed like 영.
var digits = [10]final{closed, rieul, open, closed, open, open, closed, rieul, rieul, open}

// letters are the ends of the names of letters that are not open: 엘, 엠, 엔, 아르.
var letters = map[rune]final{'L': rieul, 'M': closed, 'N': closed, 'R': rieul}

// silent are the ends of words in which the last e is not spoken, and what is
// heard then.
var silent = []struct {
	end   string
	heard final
}{{"le", rieul}, {"ne", closed}, {"me", closed}}

// heard are the ends of words in Latin letters that are not open, the longest
// first.
var heard = []struct {
	end   string
	heard final
}{{"ng", closed}, {"ck", closed}, {"l", rieul}, {"m", closed}, {"n", closed}, {"b", closed}, {"k", closed}, {"p", closed}, {"t", closed}}

// Particle gives a particle in the form that belongs behind a word. form is the
// one after a consonant (은, 이, 을, 과, 으로, 이에요, 이라, 아); one that is not
// known is given back as it is.
func Particle(word, form string) string {
	other, ok := particles[form]
	if !ok {
		return form
	}
	end := ends(word)
	if end == open || end == rieul && form == "으로" {
		return other
	}
	return form
}

// ends says how a word ends in speech. What is no letter and no digit is not
// spoken, and units are: "%" is 퍼센트, "s" behind a number 초.
func ends(word string) final {
	spoken := strings.TrimRightFunc(word, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '%' })
	last, _ := utf8.DecodeLastRuneInString(spoken)
	switch {
	case spoken == "", last == '%':
		return open
	case last >= '가' && last <= '힣':
		switch (last - '가') % 28 {
		case 0:
			return open
		case 8:
			return rieul
		}
		return closed
	case last >= '0' && last <= '9':
		return digits[last-'0']
	case isUnit(spoken):
		return open
	case strings.ToUpper(spoken) == spoken:
		return letters[last]
	}
	lower := strings.ToLower(spoken)
	for _, s := range silent {
		if strings.HasSuffix(lower, s.end) {
			return s.heard
		}
	}
	for _, h := range heard {
		if strings.HasSuffix(lower, h.end) {
			return h.heard
		}
	}
	return open
}

// isUnit: a number and the letters of a unit, of which all that are used here
// (초, 분, 시간 apart) end in a vowel.
func isUnit(spoken string) bool {
	number := strings.TrimRightFunc(spoken, func(r rune) bool { return unicode.IsLetter(r) || r == ' ' })
	if number == "" || number == spoken {
		return false
	}
	switch strings.TrimSpace(spoken[len(number):]) {
	case "s", "ms", "us", "µs", "KB", "MB", "GB":
		last := number[len(number)-1]
		return last >= '0' && last <= '9'
	}
	return false
}
