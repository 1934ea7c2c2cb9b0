package figure

import (
	_ "embed"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// rules style a picture. Their colours are custom properties.
//
//go:embed figure.css
var rules string

// CSS styles the pictures of a page, which has the colours. On paper they are
// the light ones, whatever the screen has.
func CSS() string {
	var b strings.Builder
	b.WriteString(rules)
	b.WriteString("@media print { .fig {")
	for _, name := range slices.Sorted(maps.Keys(light)) {
		b.WriteString(" --" + name + ": " + light[name] + ";")
	}
	b.WriteString(" } }\n")
	return b.String()
}

// hues are the colours of a theme, by the name of their custom property in
// base.css. A file has them itself.
type hues map[string]string

var light = hues{
	"paper": "#faf8f4", "card": "#ffffff", "ink": "#1d1b18", "muted": "#625d55", "wire": "#cfc8bb", "gone": "#776f64",
	"p1": "#2a62d0", "p2": "#a64f00", "p3": "#037564", "p4": "#7f4cc4", "p5": "#6a6d06", "p6": "#007193", "p7": "#af3394", "p8": "#866326",
	"p9": "#505ba7", "p10": "#8f503c", "p11": "#137738", "p12": "#7d4b91", "p13": "#546d32", "p14": "#286f76", "p15": "#4d667f", "p16": "#706052",
	"store": "#a51d4b", "hit": "#0b7049", "miss": "#c81e1e",
}

var dark = hues{
	"paper": "#15161a", "card": "#1e2026", "ink": "#f1eee8", "muted": "#aba69c", "wire": "#4a4d57", "gone": "#8f8b84",
	"p1": "#87b1fd", "p2": "#ffb454", "p3": "#61c6b1", "p4": "#bf9bfc", "p5": "#b3b959", "p6": "#4ec0ed", "p7": "#ea8cd0", "p8": "#d1aa6e",
	"p9": "#abb9fe", "p10": "#f1aa94", "p11": "#7cd591", "p12": "#dca5f2", "p13": "#adc98a", "p14": "#86cbd3", "p15": "#a6c1dd", "p16": "#cdbaab",
	"store": "#ff82b2", "hit": "#5fd6a2", "miss": "#ff796c",
}

var (
	variable = regexp.MustCompile(`var\(--([a-z0-9]+)\)`)
	comment  = regexp.MustCompile(`(?s)/\*.*?\*/`)
	// coloured matches a rule that names a colour.
	coloured = regexp.MustCompile(`[^{}]*\{[^{}]*var\([^{}]*\}`)
	space    = regexp.MustCompile(`\s+`)
)

// fileCSS is the style of a file in a theme. Not every program that shows SVG
// knows custom properties, so the colours are written out. A file has the ground
// of a frame, beside which it may stand.
func fileCSS(theme string) string {
	rules := space.ReplaceAllString(comment.ReplaceAllString(rules, ""), " ")
	rules = strings.ReplaceAll(rules, "var(--paper)", "var(--card)")
	switch theme {
	case "light":
		return paint(rules, light)
	case "dark":
		return paint(rules, dark)
	}
	return paint(rules, light) + "@media (prefers-color-scheme:dark){" + paint(strings.Join(coloured.FindAllString(rules, -1), ""), dark) + "}"
}

// paint writes the colours of a theme into rules.
func paint(rules string, h hues) string {
	return variable.ReplaceAllStringFunc(rules, func(v string) string { return h[v[len("var(--"):len(v)-1]] })
}
