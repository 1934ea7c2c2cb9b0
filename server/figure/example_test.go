package figure_test

import (
	"bytes"
	"fmt"
	"strings"

	"procession/server/figure"
	"procession/sim"
)

func Example() {
	sc, err := sim.Parse("visitors=Ada")
	if err != nil {
		fmt.Println(err)
		return
	}
	run := sim.New(sc)
	defer run.Close()
	run.Advance(3_000_000)

	words := func(name string, _ ...any) string { return name } // of a language
	o := figure.Options{Words: words, Now: run.Now(), ID: "f1"}
	html := figure.Inline(run.Snapshot(), o) // for a page that has figure.Marks and figure.CSS
	file := figure.File(run.Snapshot(), o)   // stands alone
	fmt.Println(strings.HasPrefix(string(html), `<svg class="fig"`), bytes.Contains(file, []byte("<style>")))
	// Output:
	// true true
}
