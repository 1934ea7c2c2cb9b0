package storeview

import (
	"bytes"
	"strconv"
)

// split takes the words of a line apart as Redis does (sdssplitargs): in double
// quotes with escapes, in single quotes, or bare. It says whether each quote is
// closed and followed by a space. Nothing after a zero byte counts.
func split(line []byte) (words []string, ok bool) {
	line, _, _ = bytes.Cut(line, []byte{0})
	for {
		for len(line) > 0 && space(line[0]) {
			line = line[1:]
		}
		if len(line) == 0 {
			return words, true
		}
		var word []byte
		if word, line, ok = cutWord(line); !ok {
			return nil, false
		}
		words = append(words, string(word))
	}
}

// cutWord takes the first word off a line. A quote may begin within it, and
// ends it.
func cutWord(line []byte) (word, rest []byte, ok bool) {
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case c == '"' || c == '\'':
			quoted, rest, ok := cutQuoted(line[i+1:], c)
			return append(word, quoted...), rest, ok
		case ends(c):
			return word, line[i:], true
		default:
			word = append(word, c)
		}
	}
	return word, nil, true
}

// cutQuoted takes what stands before a closing quote off a line.
func cutQuoted(line []byte, quote byte) (word, rest []byte, ok bool) {
	for i := 0; i < len(line); i++ {
		c := line[i]
		switch {
		case c == quote:
			rest = line[i+1:]
			return word, rest, len(rest) == 0 || space(rest[0])
		case c == '\\' && quote == '\'' && i+1 < len(line) && line[i+1] == '\'':
			i++
			word = append(word, '\'')
		case c == '\\' && quote == '"' && i+3 < len(line) && line[i+1] == 'x' && hex(line[i+2:i+4]) >= 0:
			word = append(word, byte(hex(line[i+2:i+4])))
			i += 3
		case c == '\\' && quote == '"' && i+1 < len(line):
			i++
			word = append(word, escaped(line[i]))
		default:
			word = append(word, c)
		}
	}
	return nil, nil, false
}

// escaped gives what stands for a character after a backslash.
func escaped(c byte) byte {
	switch c {
	case 'n':
		return '\n'
	case 'r':
		return '\r'
	case 't':
		return '\t'
	case 'b':
		return '\b'
	case 'a':
		return '\a'
	}
	return c
}

// hex gives the value of two hexadecimal digits, -1 where they are none.
func hex(digits []byte) int64 {
	n, err := strconv.ParseUint(string(digits), 16, 8)
	if err != nil {
		return -1
	}
	return int64(n)
}

// space says whether a character stands between words.
func space(c byte) bool { return c == ' ' || c >= '\t' && c <= '\r' }

// ends says whether a character ends a word without quotes. Redis keeps two
// kinds of space in it.
func ends(c byte) bool { return c == ' ' || c == '\n' || c == '\r' || c == '\t' }
