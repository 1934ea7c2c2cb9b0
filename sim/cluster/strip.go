package cluster

import "procession/sim/trace"

// strip holds a visitor's last answers, without pointers: it is written at
// every answer and read only for a picture.
type strip struct {
	cells [trace.StripLen]answer
	n     int // answers ever
}

type answer struct {
	req    int32
	pid    int16
	status int16
	op     trace.Op
	cookie trace.Cookie
}

func (s *strip) add(e *trace.Event) {
	s.cells[s.n%len(s.cells)] = answer{req: e.Req, pid: e.Pid, status: e.Status, op: e.Op, cookie: e.Cookie}
	s.n++
}

// view gives the answers, oldest first.
func (s *strip) view() []trace.Cell {
	cells := []trace.Cell{}
	for i := max(0, s.n-len(s.cells)); i < s.n; i++ {
		a := s.cells[i%len(s.cells)]
		cells = append(cells, trace.Cell{Req: a.req, Pid: a.pid, Mark: trace.Mark(a.op, a.status), Cookie: trace.CookieMark(a.cookie)})
	}
	return cells
}
