package written

import (
	"strconv"
	"strings"
)

// manySeconds (µs) is from where on a part of a second tells nobody how far it is.
const manySeconds = 10_000_000

// Duration writes µs: "400 µs", "1.3 ms", "12 ms", "2.5 s".
func Duration(us int64, lang string) string {
	u := unitsOf(lang)
	switch {
	case us == 0 && u != english:
		return "0" + u.second
	case us < 1_000:
		return strconv.FormatInt(us, 10) + u.micro
	case us < 10_000:
		return decimal((us+50)/100, 1) + u.milli
	case us < 999_500:
		return decimal((us+500)/1_000, 0) + u.milli
	}
	part := int64(1_000_000)
	for range u.digits {
		part /= 10
	}
	return decimal((us+part/2)/part, u.digits) + u.second
}

// Progress writes how far a time (µs) has come to another one: "1.62 s / 40 s".
// Korean readers see whole seconds go by where there are many.
func Progress(us, goal int64, lang string) string {
	if unitsOf(lang) != english && goal >= manySeconds {
		us -= us % 1_000_000
	}
	return Duration(us, lang) + " / " + Duration(goal, lang)
}

// Moment writes a virtual time: "3.420 s".
func Moment(us int64, lang string) string {
	ms := us / 1_000
	frac := strconv.FormatInt(1_000+ms%1_000, 10)[1:]
	return Seconds(strconv.FormatInt(ms/1_000, 10)+"."+frac, lang)
}

// Seconds writes a number of seconds, which is written already: "12 s".
func Seconds(number, lang string) string { return number + unitsOf(lang).second }

// Percent writes a number of hundredths, which is written already: "50 %".
func Percent(number, lang string) string { return number + unitsOf(lang).percent }

// decimal writes n with its last digits behind the point, without zeros at the end.
func decimal(n int64, digits int) string {
	s := strconv.FormatInt(n, 10)
	if digits == 0 {
		return s
	}
	for len(s) <= digits {
		s = "0" + s
	}
	whole, frac := s[:len(s)-digits], strings.TrimRight(s[len(s)-digits:], "0")
	if frac == "" {
		return whole
	}
	return whole + "." + frac
}
