package figure

import (
	"strings"

	"procession/server/narrate"
)

// Sizes of type and the distance of lines in the words over and under a file.
const (
	headlineSize, noteSize, sentenceSize = 16.0, 12.0, 15.0
	captionLeading                       = 1.4
	// captionLines is how many lines a headline, a note and a sentence have at most.
	captionLines = 2
)

// hidden is the headline or the note that is not there.
const hidden = "none"

// caption puts words over the picture and under it, as on the page: a headline
// and a note, then the sentence of the moment, the moment and the set-up.
func (f *figure) caption(headline, note string) {
	drawn := f.body.String()
	f.body.Reset()
	room := f.width - 2*margin
	y := margin
	line := func(classes string, size float64, text string) {
		y += size * captionLeading
		f.text(classes, point{margin, y - size*0.35}, text)
	}
	if headline == "" {
		headline = f.headline()
	}
	if headline != hidden {
		for _, text := range wrap(headline, headlineSize, bold, room, captionLines) {
			line("h", headlineSize, text)
		}
	}
	if note != hidden {
		for _, text := range wrap(note, noteSize, regular, room, captionLines) {
			line("s", noteSize, text)
		}
	}
	f.add(`<g transform="translate(0 `, num(y), `)">`, drawn, `</g>`)
	y += f.height
	parts, _ := f.past.teller.At(f.now)
	if len(parts) == 0 {
		parts = []narrate.Part{{Text: f.words("intro")}}
	}
	for _, told := range lines(parts, room) {
		y += sentenceSize * captionLeading
		f.add(`<text class="told" x="`, num(margin), `" y="`, num(y-sentenceSize*0.35), `">`, told, `</text>`)
	}
	line("m", noteSize, fit(Moment(f.now, f.words)+" · "+Setup(f.state, f.words), 11, mono, room))
	f.height = y + margin
}

// sentence is that of the moment; empty without a past.
func (f *figure) sentence() string {
	if f.past == nil {
		return ""
	}
	var b strings.Builder
	parts, _ := f.past.teller.At(f.now)
	for _, p := range parts {
		b.WriteString(p.Text)
	}
	return b.String()
}

// headline is what the page says over a stage that has no headline of its own.
func (f *figure) headline() string {
	rooms, name := len(f.state.Workers), ""
	if len(f.state.Visitors) > 0 {
		name = f.state.Visitors[0].Name
	}
	copies := num(float64(rooms))
	if names := strings.Fields(f.words("numbers")); rooms < len(names) {
		copies = names[rooms]
	}
	return f.words("headline."+f.mode(), "n", rooms, "copies", copies, "name", name)
}

// lines breaks a sentence into lines of a width, each as the inside of a text
// element, in its colours. What is too long for the last one is cut.
func lines(parts []narrate.Part, most float64) (out []string) {
	var line strings.Builder
	used, whole := 0.0, false // whole: a word has come to its end
	add := func(text, ink string) {
		used, whole = used+width(text, sentenceSize, bold), strings.HasSuffix(text, " ")
		if ink == "" {
			line.WriteString(esc(text))
			return
		}
		line.WriteString(`<tspan class="` + ink + `">` + esc(text) + `</tspan>`)
	}
	for _, p := range parts {
		for _, word := range strings.SplitAfter(p.Text, " ") {
			if whole && used+width(strings.TrimRight(word, " "), sentenceSize, bold) > most {
				if len(out) == captionLines-1 {
					return append(out, line.String()+"…")
				}
				out = append(out, line.String())
				line.Reset()
				used, whole = 0, false
			}
			add(word, p.Ink)
		}
	}
	return append(out, line.String())
}
