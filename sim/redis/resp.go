package redis

import (
	"bytes"
	"errors"
	"strconv"
)

// errNotACommand says that bytes are not what a Redis client sends.
var errNotACommand = errors.New("redis: a command must be an array of bulk strings")

// cut takes the first command off b, which holds commands as a client writes
// them: arrays of bulk strings, *2\r\n$3\r\nGET\r\n$1\r\na\r\n. No args means
// that the command is not complete yet.
func cut(b []byte) (args []string, rest []byte, err error) {
	n, rest, ok, err := cutLength(b, '*')
	if err != nil || !ok {
		return nil, b, err
	}
	if n < 1 {
		return nil, b, errNotACommand
	}
	// The number is the client's word: no room is made for more than can be there.
	args = make([]string, 0, min(n, len(rest)/len("$0\r\n\r\n")))
	for range n {
		var size int
		size, rest, ok, err = cutLength(rest, '$')
		if err != nil || !ok {
			return nil, b, err
		}
		if size < 0 {
			return nil, b, errNotACommand
		}
		if size > len(rest)-2 {
			return nil, b, nil
		}
		args = append(args, string(rest[:size]))
		rest = rest[size+2:]
	}
	return args, rest, nil
}

// cutLength takes a line like $3\r\n off b.
func cutLength(b []byte, mark byte) (n int, rest []byte, ok bool, err error) {
	line, rest, ok := bytes.Cut(b, []byte("\r\n"))
	if !ok {
		return 0, b, false, nil
	}
	if len(line) == 0 || line[0] != mark {
		return 0, b, false, errNotACommand
	}
	n, err = strconv.Atoi(string(line[1:]))
	if err != nil {
		return 0, b, false, errNotACommand
	}
	return n, rest, true, nil
}
