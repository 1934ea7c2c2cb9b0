package scenario

import (
	"strconv"
	"strings"

	"procession/sim/trace"
)

// Request is a step of a visitor's script: an operation, some times over.
type Request struct {
	Op    trace.Op
	Times int
}

// parseOp reads the word of an operation, 0 when it is none.
func parseOp(word string) trace.Op {
	for op := trace.Login; op < trace.Ops; op++ {
		if op.String() == word {
			return op
		}
	}
	return 0
}

func (s *Scenario) parseScript(v string) ([]Request, error) {
	var script []Request
	total := 0
	for part := range strings.SplitSeq(v, ",") {
		word, times, repeated := strings.Cut(part, "*")
		r := Request{Op: s.op(strings.TrimSpace(word)), Times: 1}
		if r.Op == 0 {
			return nil, &Error{Key: "script", Value: strings.TrimSpace(part), Allowed: find("script").Values}
		}
		if repeated {
			n, err := integer(strings.TrimSpace(times), 1, MaxScript)
			if err != nil {
				return nil, &Error{Key: "script", Value: strings.TrimSpace(part), Allowed: find("script").Values}
			}
			r.Times = n
		}
		if total += r.Times; total > MaxScript {
			return nil, errValue
		}
		if n := len(script); n > 0 && script[n-1].Op == r.Op {
			script[n-1].Times += r.Times
			continue
		}
		script = append(script, r)
	}
	return script, nil
}

func (s *Scenario) formatScript() string {
	var b strings.Builder
	for i, r := range s.Script {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(s.word(r.Op))
		if r.Times > 1 {
			b.WriteByte('*')
			b.WriteString(strconv.Itoa(r.Times))
		}
	}
	return b.String()
}
