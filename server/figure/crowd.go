package figure

import (
	"math"
	"slices"
	"strings"
)

const (
	// crowdTop is the room for the words above the dots.
	crowdTop = 66.0
	// crowdMost is the height that the dots may take.
	crowdMost = 230.0
	// widestDot and leastDot are the room for one, from dot to dot.
	widestDot, leastDot = 18.0, 3.5
)

// dots says how the dots of a crowd stand: their distance, and how many in a row.
func (f *figure) dots() (pitch float64, columns int) {
	n := float64(len(f.state.Visitors))
	pitch = max(leastDot, min(widestDot, math.Sqrt(f.visitors.w*crowdMost/n)))
	columns = int(f.visitors.w / pitch)
	return pitch, columns
}

func (f *figure) crowdHeight() float64 {
	pitch, columns := f.dots()
	return crowdTop + pitch*math.Ceil(float64(len(f.state.Visitors))/float64(columns))
}

func (f *figure) dotAt(i int) point {
	pitch, columns := f.dots()
	top := f.middle - f.crowdHeight()/2 + crowdTop
	return point{f.visitors.x + (float64(i%columns)+0.5)*pitch, top + (float64(i/columns)+0.5)*pitch}
}

// drawCrowd draws a dot for each visitor, filled for those whose last answer
// was a welcome, and how many they are.
func (f *figure) drawCrowd() {
	in, out := f.welcome()
	top := f.middle - f.crowdHeight()/2
	f.text("b", point{f.visitors.x, top + 14}, f.words("crowd", "n", len(f.state.Visitors)))
	f.text("s in", point{f.visitors.x, top + 33}, f.words("crowd.in", "n", in))
	f.text("s out", point{f.visitors.x, top + 50}, f.words("crowd.out", "n", out))
	pitch, _ := f.dots()
	filled, open := map[string]*strings.Builder{}, &strings.Builder{}
	var inks []string
	for i, v := range f.state.Visitors {
		r := f.ringOf(v.Made, v.Sid)
		ink := r.ink
		if r.gone {
			ink = "none"
		}
		if filled[ink] == nil {
			filled[ink] = &strings.Builder{}
			inks = append(inks, ink)
		}
		at := f.dotAt(i)
		d := "M" + num(at.x) + " " + num(at.y) + "h0"
		filled[ink].WriteString(d)
		if len(v.Strip) == 0 || meaning(v.Strip[len(v.Strip)-1].Mark) == "bad" {
			open.WriteString(d)
		}
	}
	slices.Sort(inks)
	for _, ink := range inks {
		f.dotsPath("dots "+ink, pitch*0.7, filled[ink].String())
	}
	// What is open is a ring: a smaller dot of the ground upon the first.
	f.dotsPath("dots hole", pitch*0.7-max(1.2, pitch*0.22), open.String())
}

func (f *figure) dotsPath(classes string, size float64, d string) {
	if d != "" {
		f.add(`<path class="`, classes, `" stroke-width="`, num(size), `" d="`, d, `"/>`)
	}
}

// welcome counts those whose last answer was a good one, and a bad one.
func (f *figure) welcome() (in, out int) {
	for _, v := range f.state.Visitors {
		if n := len(v.Strip); n > 0 {
			if meaning(v.Strip[n-1].Mark) == "bad" {
				out++
			} else {
				in++
			}
		}
	}
	return in, out
}
