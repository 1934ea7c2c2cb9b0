package qr

import (
	"fmt"
	"html"
	"strings"

	codes "github.com/piglig/go-qr"
)

const (
	// MaxText is how many bytes a code says at most: more makes its squares so
	// small that a phone no longer tells them apart from a distance.
	MaxText = 1500
	// quiet is how many squares around a code stay empty [ISO/IEC 18004].
	quiet = 4
	// square is how many pixels a square of the code has, unless it is scaled.
	square = 8
)

// SVG draws a text as a code, as small as it can be, and with as much
// correction as that size has room for. The error is the encoder's; a text of
// at most MaxText bytes has none.
func SVG(text string) ([]byte, error) {
	code, err := codes.EncodeText(text, codes.Low)
	if err != nil {
		return nil, fmt.Errorf("qr: %w", err)
	}
	n := code.Size()
	side := n + 2*quiet
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" role="img" width="%d" height="%d" viewBox="0 0 %d %d" shape-rendering="crispEdges">`, side*square, side*square, side, side)
	fmt.Fprintf(&b, `<title>%s</title><path fill="#fff" d="M0 0h%dv%dH0z"/><path d="`, html.EscapeString(text), side, side)
	for y := range n {
		for x := 0; x < n; x++ {
			from := x
			for x < n && code.Module(x, y) {
				x++
			}
			if x > from {
				fmt.Fprintf(&b, "M%d %dh%dv1h-%dz", from+quiet, y+quiet, x-from, x-from)
			}
		}
	}
	b.WriteString(`"/></svg>` + "\n")
	return []byte(b.String()), nil
}
