package storeview

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
)

// What a command may have. A person at a keyboard is far below.
const (
	wordsMost = 64       // words
	wordMost  = 16 << 10 // bytes of a word, and of a line
	allMost   = 64 << 10 // bytes of all words together
)

// protocolError says what is wrong with what a client sent. The connection
// cannot go on: nobody knows where the next command begins.
type protocolError string

func (e protocolError) Error() string { return "ERR Protocol error: " + string(e) }

// reader takes commands off a connection as Redis does: arrays of bulk strings,
// *2\r\n$3\r\nGET\r\n$1\r\na\r\n, or words in a line, GET a\r\n. It never holds
// more of one than a command may have.
type reader struct{ in *bufio.Reader }

func newReader(from io.Reader) *reader {
	return &reader{bufio.NewReaderSize(from, wordMost)}
}

// next gives the words of the next command; none is a command that asks for
// nothing. The error is a protocolError, or that of the connection.
func (r *reader) next() ([]string, error) {
	first, err := r.in.Peek(1)
	if err != nil {
		return nil, err
	}
	if first[0] == '*' {
		return r.array()
	}
	line, err := r.line("too big inline request")
	if err != nil {
		return nil, err
	}
	words, ok := split(line)
	if !ok {
		return nil, protocolError("unbalanced quotes in request")
	}
	if len(words) > wordsMost {
		return nil, tooManyWords(int64(len(words)))
	}
	return words, nil
}

// array takes an array of bulk strings.
func (r *reader) array() ([]string, error) {
	line, err := r.line("too big mbulk count string")
	if err != nil {
		return nil, err
	}
	n, ok := number(line[1:])
	if !ok {
		return nil, protocolError("invalid multibulk length")
	}
	if n > wordsMost {
		return nil, tooManyWords(n)
	}
	// Redis takes an array of no words, or of less than none, for nothing.
	var words []string
	all := int64(0)
	for range n {
		size, err := r.size()
		if err != nil {
			return nil, err
		}
		if all += size; all > allMost {
			return nil, protocolError(fmt.Sprintf("a command has at most %d KB here", allMost>>10))
		}
		word := make([]byte, size+int64(len("\r\n")))
		if _, err := io.ReadFull(r.in, word); err != nil {
			return nil, err
		}
		words = append(words, string(word[:size]))
	}
	return words, nil
}

// size takes the line before a bulk string, and gives its bytes.
func (r *reader) size() (int64, error) {
	line, err := r.line("too big bulk count string")
	if err != nil {
		return 0, err
	}
	if len(line) == 0 || line[0] != '$' {
		return 0, protocolError(fmt.Sprintf("expected '$', got '%s'", firstOf(line)))
	}
	n, ok := number(line[1:])
	if !ok || n < 0 {
		return 0, protocolError("invalid bulk length")
	}
	if n > wordMost {
		return 0, protocolError(fmt.Sprintf("a word has at most %d KB here, and one of %d bytes was sent", wordMost>>10, n))
	}
	return n, nil
}

// firstOf gives the first character of a line, a space where there is none.
func firstOf(line []byte) string {
	if len(line) == 0 || line[0] < ' ' || line[0] > '~' {
		return " "
	}
	return string(line[:1])
}

// line takes a line without its end, and fails with tooLong where it is longer
// than a word.
func (r *reader) line(tooLong string) ([]byte, error) {
	line, err := r.in.ReadSlice('\n')
	if errors.Is(err, bufio.ErrBufferFull) {
		return nil, protocolError(tooLong)
	}
	if err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(line[:len(line)-1], []byte("\r")), nil
}

// number reads a number as Redis does: in one way to write it only.
func number(text []byte) (int64, bool) {
	n, err := strconv.ParseInt(string(text), 10, 64)
	return n, err == nil && strconv.FormatInt(n, 10) == string(text)
}

func tooManyWords(n int64) error {
	return protocolError(fmt.Sprintf("a command has at most %d words here, and one of %d was sent", wordsMost, n))
}
