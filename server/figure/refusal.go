package figure

// Sizes of a picture that only says why there is no other one.
const (
	refusalWidth = 480.0
	refusalLines = 12
)

// Refusal draws what went wrong, as an SVG file: a page that wants a picture
// shows nothing else. Theme is as in Options.
func Refusal(title, sentence, theme string) []byte {
	f := &figure{width: refusalWidth}
	y := margin
	line := func(classes string, size float64, text string) {
		y += size * captionLeading
		f.text(classes, point{margin, y - size*0.35}, text)
	}
	room := refusalWidth - 2*margin
	for _, text := range wrap(title, headlineSize, bold, room, captionLines) {
		line("h", headlineSize, text)
	}
	for _, text := range wrap(sentence, noteSize, regular, room, refusalLines) {
		line("s", noteSize, text)
	}
	w, h := num(refusalWidth), num(y+margin)
	return []byte(`<svg xmlns="http://www.w3.org/2000/svg" class="fig" width="` + w + `" height="` + h + `" viewBox="0 0 ` + w + ` ` + h + `" role="img" aria-labelledby="figure-t figure-d">` +
		`<title id="figure-t">` + esc(title) + `</title><desc id="figure-d">` + esc(sentence) + `</desc><style>` + fileCSS(theme) + `</style>` +
		`<rect class="ground" width="` + w + `" height="` + h + `" rx="12"/>` + f.body.String() + `</svg>`)
}
