package cluster

import "procession/sim/trace"

// strip holds a visitor's last answers: it is written at
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
	shows  string
}

func (s *strip) add(e *trace.Event, shows string) {
	s.cells[s.n%len(s.cells)] = answer{req: e.Req, pid: e.Pid, status: e.Status, op: e.Op, cookie: e.Cookie, shows: shows}
	s.n++
}

// view gives the answers, oldest first.
func (s *strip) view() []trace.Cell {
	cells := []trace.Cell{}
	for i := max(0, s.n-len(s.cells)); i < s.n; i++ {
		a := s.cells[i%len(s.cells)]
		cells = append(cells, trace.Cell{Req: a.req, Pid: a.pid, Mark: trace.MarkOf(a.op, a.status, a.shows), Cookie: trace.CookieMark(a.cookie)})
	}
	return cells
}
