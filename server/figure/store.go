package figure

import "slices"

const (
	storeHead  = 50.0 // above the sessions
	storeRows  = 4    // of sessions
	storeLines = 4    // of commands
	storeLine  = 16.0
)

func (f *figure) storeHeight() float64 {
	h := storeHead + storeRows*30 + storeLines*storeLine + 28
	if f.database() {
		h += 34 // lid and foot
	}
	return h
}

func (f *figure) database() bool { return f.state.Scenario["store-kind"] == "database" }

// drawStore draws the shared store: who it is, its sessions, its last commands.
func (f *figure) drawStore() {
	s, c := f.state.Store, f.store
	h := f.storeHeight()
	b := box{c.x, f.middle - h/2, c.w, h}
	f.outline("store", b, 6)
	f.begin("store")
	classes := "room"
	if s.State == "down" {
		classes = "room away"
	}
	if f.database() {
		// A drum: what it holds stays on its disk.
		f.path(classes, drum(b))
	} else {
		f.rect(classes, b.x, b.y, b.w, b.h, 15)
	}
	x, right := b.x+16, b.x+b.w-12
	head := b.y + 26
	if f.database() {
		head = b.y + 52
	}
	title := f.words("store.name." + f.state.Scenario["store-kind"])
	f.text("b i", point{x, head}, title)
	state := f.keeps(f.words("store.is."+s.State), s.Count, s.Values)
	classes = "s e"
	if s.State != "up" {
		classes = "s e out"
	}
	if room := right - x - width(title, 14, bold) - 8; width(state, 12, regular) <= room {
		f.text(classes, point{right, head}, state)
	} else {
		head += 17
		f.text(classes[:1]+classes[3:], point{x, head}, fit(state, 12, regular, right-x))
	}
	lines := s.Commands[max(0, len(s.Commands)-storeLines):]
	log := b.y + b.h - 14 - storeLines*storeLine
	if f.database() {
		log -= 12
	}
	y := head + 12
	sessions := slices.Clone(s.Sessions)
	f.drawChips(sessions, 0, box{x, y, right - x, log - y}, 24, max(1, int((log-y)/29)))
	if len(lines) > 0 {
		f.path("rule", "M"+num(x)+" "+num(log)+"H"+num(right))
	}
	for i, line := range lines {
		f.text("m", point{x, log + 6 + float64(i+1)*storeLine - 4}, fit("› "+readable(line), 11, mono, right-x))
	}
	f.end()
}

// drum is a box whose top and bottom are round, as data is drawn on disks.
func drum(b box) string {
	const r = 16.0 // how far they bulge
	l, rt, t, bt := b.x, b.x+b.w, b.y+r, b.y+b.h-r
	half := num(b.w / 2)
	arc := "a" + half + " " + num(r) + " 0 0 "
	return "M" + num(l) + " " + num(t) + arc + "1 " + num(b.w) + " 0V" + num(bt) + arc + "1 " + num(-b.w) + " 0V" + num(t) +
		"M" + num(l) + " " + num(t) + arc + "0 " + num(rt-l) + " 0"
}
