package figure

import (
	"html/template"

	"procession/sim/trace"
)

// Options are what the picture cannot know from the snapshot.
type Options struct {
	// Words gives the texts of a language by their names, with values for
	// their places: Words("process.n", "pid", 1).
	Words func(name string, values ...any) string
	Now   int64    // the moment shown, virtual µs; at least that of the snapshot
	ID    string   // begins the ids of this picture; one of its own in each document
	Point []string // what is outlined: "visitor Ada", "worker 1", "balancer", "store", "strip Ada"
	Theme string   // of a file: "light", "dark", or another: as the reader's system says

	// Past is what led there; nil: the state alone is drawn.
	Past *Past
	// Headline and Note stand over a file with a past; an empty headline is the
	// stage's own, "none" is none.
	Headline, Note string
}

// Inline draws a picture for a page that has Marks once, and the style sheet CSS.
func Inline(s trace.Snapshot, o Options) template.HTML {
	f := draw(s, o)
	return template.HTML(f.element(o, `class="fig"`, "", ""))
}

// File draws a picture that stands alone, as an SVG file.
func File(s trace.Snapshot, o Options) []byte {
	f := draw(s, o)
	if o.Past != nil {
		f.caption(o.Headline, o.Note)
	}
	size := `xmlns="http://www.w3.org/2000/svg" class="fig" width="` + num(f.width) + `" height="` + num(f.height) + `"`
	ground := `<rect class="ground" width="` + num(f.width) + `" height="` + num(f.height) + `" rx="12"/>`
	return []byte(f.element(o, size, "<style>"+fileCSS(o.Theme)+"</style>"+symbols(f.used), ground))
}

// Marks are the shapes that the pictures of a page share.
func Marks() template.HTML {
	return template.HTML(`<svg class="fig-marks" width="0" height="0" aria-hidden="true">` + symbols(nil) + `</svg>`)
}

// element wraps a drawing: attributes, what stands before its description's
// subject (style, shapes), and what is under it.
func (f *figure) element(o Options, attributes, head, ground string) string {
	t, d := o.ID+"-t", o.ID+"-d"
	return `<svg ` + attributes + ` viewBox="0 0 ` + num(f.width) + ` ` + num(f.height) + `" role="img" aria-labelledby="` + t + ` ` + d + `">` +
		`<title id="` + t + `">` + esc(f.title()) + `</title><desc id="` + d + `">` + esc(f.describe()) + `</desc>` +
		head + ground + f.body.String() + `</svg>`
}
