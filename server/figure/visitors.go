package figure

import (
	"strconv"

	"procession/sim/trace"
)

const (
	faceR = 20.0 // radius of a visitor's disc
	// stripMost is how many of the last answers are drawn.
	stripMost = 8
	// cellSide and cellStep are a mark of a strip, and from one to the next.
	cellSide, cellStep = 13.0, 16.0
)

func (f *figure) crowded() bool { return len(f.state.Visitors) > faces }

// pitch is from one visitor to the next.
func (f *figure) pitch() float64 {
	if len(f.state.Visitors) > 4 {
		return 58
	}
	return 82
}

func (f *figure) visitorsHeight() float64 {
	if f.crowded() {
		return f.crowdHeight()
	}
	return float64(len(f.state.Visitors)) * f.pitch()
}

// faceX is the middle of the discs.
func (f *figure) faceX() float64 { return f.visitors.x + f.visitors.w - faceR - 6 }

func (f *figure) faceY(i int) float64 {
	return f.middle + (float64(i)-float64(len(f.state.Visitors)-1)/2)*f.pitch()
}

func (f *figure) drawVisitors() {
	if f.crowded() {
		f.drawCrowd()
		return
	}
	for i := range f.state.Visitors {
		f.drawVisitor(&f.state.Visitors[i], f.faceY(i))
	}
}

func (f *figure) drawVisitor(v *trace.VisitorView, y float64) {
	at := point{f.faceX(), y}
	r := f.ringOf(v.Made, v.Sid)
	right := at.x - faceR - 14
	room := right - f.visitors.x
	name, cookie, strip := y-12, y+3, y+11
	snug := len(f.state.Visitors) > 4
	if snug {
		name, strip = y-5, y+3
	}
	// What is pointed at before it is there has the room that it will have.
	cells := float64(max(6, min(stripMost, len(v.Strip))))
	f.outline("visitor "+v.Name, box{f.visitors.x, y - f.pitch()/2 + 6, f.visitors.w, f.pitch() - 12}, 6)
	f.outline("strip "+v.Name, box{right - cells*cellStep, strip, cells * cellStep, cellSide + 4}, 4)
	f.text("b e", point{right, name}, fit(v.Name, 14, bold, room))
	if !snug {
		f.text("m e", point{right, cookie}, fit(f.cookie(v, r), 11, mono, room))
	}
	f.drawStrip(v.Strip, right, strip)
	classes := "disc " + r.ink
	switch {
	case v.Sid == "":
		classes = "disc fresh"
	case r.gone:
		classes = "disc gone"
	}
	f.circle(classes, at, faceR)
	f.text(letterClass(f.letters[v.Name]), point{at.x, at.y + 6}, f.letters[v.Name])
	if r.sign != "" {
		ink := r.ink
		if r.gone {
			ink = "lost"
		}
		f.begin(ink)
		f.rect("sign", at.x+11, at.y+8, 9+7*float64(len(r.sign)), 16, 8)
		f.text("signed", point{at.x + 15.5 + 3.5*float64(len(r.sign)), at.y + 20}, r.sign)
		f.end()
	}
}

// letterClass makes long initials smaller.
func letterClass(letters string) string {
	if len([]rune(letters)) > 1 {
		return "letter long"
	}
	return "letter"
}

// cookie says what a visitor holds.
func (f *figure) cookie(v *trace.VisitorView, r ring) string {
	switch {
	case v.Sid == "":
		return f.words("cookie.none")
	case v.Made == trace.Jar:
		return f.words("cookie.carried", "session", carried(v))
	case r.gone:
		return f.words("cookie.gone", "sid", short(v.Sid))
	}
	return f.words("cookie.held", "sid", short(v.Sid))
}

// carried is the session in a visitor's own cookie, as far as the last answers
// tell.
func carried(v *trace.VisitorView) string {
	cart, name := 0, ""
	for _, c := range v.Strip {
		switch {
		case c.Mark == "L" && c.Cookie == "*":
			cart = 0
		case c.Mark == "C" && c.Cookie == "*":
			cart++
		}
	}
	if v.Believes {
		name = v.Name
	}
	return carts(name, cart)
}

// drawStrip draws the last answers; right is where they end.
func (f *figure) drawStrip(cells []trace.Cell, right, y float64) {
	cells = cells[max(0, len(cells)-stripMost):]
	x := right - float64(len(cells))*cellStep + (cellStep - cellSide)
	for _, c := range cells {
		f.mark(c.Mark, meaning(c.Mark), point{x, y}, cellSide)
		if c.Pid > 0 {
			f.path("under "+inkOfPid(c.Pid), "M"+num(x)+" "+num(y+cellSide+3)+"h"+strconv.Itoa(cellSide))
		}
		x += cellStep
	}
}
