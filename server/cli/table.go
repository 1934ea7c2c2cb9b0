package cli

import (
	"strings"
	"unicode/utf8"
)

// table is text in columns. The first and the last column begin at the left,
// those between, which are figures, end at the right.
type table struct{ rows [][]string }

// add adds a row; all rows have as many cells.
func (t *table) add(cells ...string) { t.rows = append(t.rows, cells) }

// columnGap is between two columns.
const columnGap = "  "

// String gives the table, a line a row.
func (t *table) String() string {
	var b strings.Builder
	for _, row := range t.rows {
		line := ""
		for i, cell := range row {
			pad := strings.Repeat(" ", t.width(i)-utf8.RuneCountInString(cell))
			if i > 0 {
				line += columnGap
			}
			if i > 0 && i < len(row)-1 {
				line += pad + cell
			} else {
				line += cell + pad
			}
		}
		b.WriteString(strings.TrimRight(line, " "))
		b.WriteByte('\n')
	}
	return b.String()
}

// width is that of a column, in characters.
func (t *table) width(column int) int {
	width := 0
	for _, row := range t.rows {
		width = max(width, utf8.RuneCountInString(row[column]))
	}
	return width
}
