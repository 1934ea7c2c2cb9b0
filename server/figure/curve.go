package figure

import "math"

// curve is a way from one point to another that leaves and arrives level.
type curve struct{ a, b point }

// d gives it as SVG path data.
func (c curve) d() string {
	if c.a.y == c.b.y {
		return "M" + num(c.a.x) + " " + num(c.a.y) + "H" + num(c.b.x)
	}
	mid := (c.a.x + c.b.x) / 2
	return "M" + num(c.a.x) + " " + num(c.a.y) + "C" + num(mid) + " " + num(c.a.y) + " " + num(mid) + " " + num(c.b.y) + " " + num(c.b.x) + " " + num(c.b.y)
}

// curveSteps is how finely a curve is measured.
const curveSteps = 24

// at gives the point after a share of the way, 0 to 1, at an even pace.
func (c curve) at(share float64) point {
	want := min(1, max(0, share)) * c.length()
	before, gone := c.a, 0.0
	for i := 1; i <= curveSteps; i++ {
		p := c.exact(float64(i) / curveSteps)
		d := math.Hypot(p.x-before.x, p.y-before.y)
		if gone+d >= want && d > 0 {
			k := (want - gone) / d
			return point{before.x + (p.x-before.x)*k, before.y + (p.y-before.y)*k}
		}
		before, gone = p, gone+d
	}
	return c.b
}

func (c curve) length() (sum float64) {
	before := c.a
	for i := 1; i <= curveSteps; i++ {
		p := c.exact(float64(i) / curveSteps)
		sum += math.Hypot(p.x-before.x, p.y-before.y)
		before = p
	}
	return sum
}

// exact is the point of the Bézier curve at its parameter t.
func (c curve) exact(t float64) point {
	u, mid := 1-t, (c.a.x+c.b.x)/2
	return point{
		u*u*u*c.a.x + 3*u*u*t*mid + 3*u*t*t*mid + t*t*t*c.b.x,
		u*u*u*c.a.y + 3*u*u*t*c.a.y + 3*u*t*t*c.b.y + t*t*t*c.b.y,
	}
}
