package static

import (
	"path"
	"regexp"
	"slices"
)

// imports are the modules that a module needs before it runs; what it loads
// later ("import()") and what only its types name are none of them.
var imports = regexp.MustCompile(`(?m)^(?:import|export) (?:[^'\n]* from )?'(\.[^']+)'`)

// Modules gives the module at a path and all that it needs before it runs, by
// their paths, each once, in the order in which they are met. A page names them
// so that the browser asks for all at once, and not for one after the other.
func Modules(entry string) ([]string, error) {
	found := []string{entry}
	for i := 0; i < len(found); i++ {
		text, err := FS.ReadFile(found[i])
		if err != nil {
			return nil, err
		}
		for _, m := range imports.FindAllSubmatch(text, -1) {
			if name := path.Join(path.Dir(found[i]), string(m[1])); !slices.Contains(found, name) {
				found = append(found, name)
			}
		}
	}
	return found, nil
}
