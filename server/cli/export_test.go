package cli

import (
	"fmt"
	"strings"

	"procession/sim/cluster"
	"procession/sim/notmodelled"
)

// CostsMarkdown gives what Costs writes, for a page of Markdown.
func CostsMarkdown() string {
	var b strings.Builder
	b.WriteString("| what | measured | teaching | stretched | source of the measured figure |\n| --- | ---: | ---: | ---: | --- |\n")
	for _, c := range cluster.Table {
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n", c.Name, cost(c.Measured), cost(c.Teaching), stretched(c), c.Source)
	}
	b.WriteString("\n" + limitsHead + ":\n\n")
	for _, sentence := range notmodelled.List() {
		b.WriteString("- " + sentence + "\n")
	}
	return b.String()
}
