package cli

import (
	"strconv"
	"strings"
)

// The size of a histogram on a terminal.
const (
	histogramLines = 10 // at most, and one for none
	histogramWidth = 50 // of the longest line's bar, in characters
)

// draw draws a histogram: a line for none, then lines of ranges of equal width
// from the least to the most.
func draw(bars []bar) string {
	none, some := 0, bars
	if bars[0].Times == 0 {
		none, some = bars[0].Seeds, bars[1:]
	}
	least, most := some[0].Times, some[len(some)-1].Times
	width := rangeWidth(least, most)
	first := (least - 1) / width
	lines := make([]int, (most-1)/width-first+1)
	longest := none
	for _, b := range some {
		i := (b.Times-1)/width - first
		lines[i] += b.Seeds
		longest = max(longest, lines[i])
	}
	stroke := func(seeds int) string { return strings.Repeat("#", (seeds*histogramWidth+longest-1)/longest) }
	var t table
	t.add("", "times", "seeds", "")
	t.add("", "0", strconv.Itoa(none), stroke(none))
	for i, seeds := range lines {
		from := (first+i)*width + 1
		name := strconv.Itoa(from)
		if width > 1 {
			name += "–" + strconv.Itoa(from+width-1)
		}
		t.add("", name, strconv.Itoa(seeds), stroke(seeds))
	}
	return t.String()
}

// rangeWidth gives the width of the ranges: 1, 2, 5, 10, 20, 50 … so that
// there are at most histogramLines of them.
func rangeWidth(least, most int) int {
	for power := 1; ; power *= 10 {
		for _, digit := range []int{1, 2, 5} {
			if width := digit * power; (most-1)/width-(least-1)/width < histogramLines {
				return width
			}
		}
	}
}
