package templates

import (
	"fmt"
	"strings"
)

// Words are the texts of a page in its language, by their names.
type Words map[string]string

// T gives a text with its places filled in: T("lessons.minutes", "n", 8). A
// form for one thing has the name with ".one". What has no text says its name.
func (w Words) T(name string, values ...any) string {
	if len(values)%2 != 0 {
		panic("templates: Words.T: a name without a value")
	}
	text, ok := w[name]
	if !ok {
		text = name
	}
	var pairs []string
	for i := 0; i < len(values); i += 2 {
		key, value := fmt.Sprint(values[i]), fmt.Sprint(values[i+1])
		if key == "n" && value == "1" && w[name+".one"] != "" {
			text = w[name+".one"]
		}
		pairs = append(pairs, "{"+key+"}", value)
	}
	return strings.NewReplacer(pairs...).Replace(text)
}
