package written

// units are the words of a language that stand behind a number.
type units struct {
	micro, milli, second string
	digits               int // of seconds, behind the point
	percent              string
}

// english are those of the languages that have no others, too.
var english = units{" µs", " ms", " s", 2, " %"}

// others are by language tag. In Korean a unit is a word of the sentence: it is
// spoken, and stands close behind its number.
var others = map[string]units{"ko": {"마이크로초", "밀리초", "초", 1, "%"}}

func unitsOf(lang string) units {
	if u, ok := others[lang]; ok {
		return u
	}
	return english
}
