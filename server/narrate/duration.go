package narrate

import (
	"strconv"
	"strings"
)

// duration writes µs for people: "400 µs", "1.3 ms", "12 ms", "2.5 s".
func duration(us int64) string {
	switch {
	case us < 1_000:
		return strconv.FormatInt(us, 10) + " µs"
	case us < 10_000:
		return decimal((us+50)/100, 1) + " ms"
	case us < 1_000_000:
		return decimal((us+500)/1_000, 0) + " ms"
	}
	return decimal((us+5_000)/10_000, 2) + " s"
}

// moment writes a virtual time: "3.420 s".
func moment(us int64) string {
	ms := us / 1_000
	frac := strconv.FormatInt(1_000+ms%1_000, 10)[1:]
	return strconv.FormatInt(ms/1_000, 10) + "." + frac + " s"
}

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
