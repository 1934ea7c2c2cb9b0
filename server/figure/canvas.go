package figure

import (
	"html/template"
	"strconv"
	"strings"
	"unicode/utf8"
)

// point is a place in the picture.
type point struct{ x, y float64 }

// canvas gathers elements in the order in which they cover each other.
type canvas struct {
	body strings.Builder
	used map[string]bool // marks that were drawn
}

func (c *canvas) add(parts ...string) {
	for _, p := range parts {
		c.body.WriteString(p)
	}
}

// begin opens a group in an ink, end closes it.
func (c *canvas) begin(classes string) { c.add(`<g class="`, classes, `">`) }
func (c *canvas) end()                 { c.add(`</g>`) }

func (c *canvas) rect(classes string, x, y, w, h, r float64) {
	c.add(`<rect class="`, classes, `" x="`, num(x), `" y="`, num(y), `" width="`, num(w), `" height="`, num(h), `" rx="`, num(r), `"/>`)
}

func (c *canvas) circle(classes string, at point, r float64) {
	c.add(`<circle class="`, classes, `" cx="`, num(at.x), `" cy="`, num(at.y), `" r="`, num(r), `"/>`)
}

func (c *canvas) path(classes, d string) { c.add(`<path class="`, classes, `" d="`, d, `"/>`) }

// text writes a line; empty ones are left out.
func (c *canvas) text(classes string, at point, text string) {
	if text != "" {
		c.add(`<text class="`, classes, `" x="`, num(at.x), `" y="`, num(at.y), `">`, esc(text), `</text>`)
	}
}

// numberMost is the longest number that fits into a mark.
const numberMost = 3

// mark draws the shape of an answer in a square, its upper left corner given; a
// number stands for itself.
// What is no mark is not drawn.
func (c *canvas) mark(mark, classes string, at point, side float64) {
	if number, ok := strings.CutPrefix(mark, "="); ok {
		if utf8.RuneCountInString(number) > numberMost {
			number = "…"
		}
		c.text("number", point{at.x + side/2, at.y + side*0.75}, number)
		return
	}
	id, ok := marks[mark]
	if !ok {
		return
	}
	if c.used == nil {
		c.used = map[string]bool{}
	}
	c.used[mark] = true
	c.add(`<use href="#`, id.name, `" class="`, classes, `" x="`, num(at.x), `" y="`, num(at.y), `" width="`, num(side), `" height="`, num(side), `"/>`)
}

// num writes a number with at most one decimal.
func num(v float64) string {
	s := strconv.FormatFloat(v, 'f', 1, 64)
	s = strings.TrimSuffix(s, ".0")
	if s == "-0" {
		return "0"
	}
	return s
}

// esc makes text safe between tags and in attributes. Characters that XML does
// not have are left out.
func esc(text string) string {
	text = strings.Map(func(r rune) rune {
		if r >= 0x20 && r < 0xfffe || r > 0xffff || r == '\t' || r == '\n' {
			return r
		}
		return -1
	}, strings.ToValidUTF8(text, "\ufffd"))
	return template.HTMLEscapeString(text)
}
