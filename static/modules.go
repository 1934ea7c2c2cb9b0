package static

import (
	"path"
	"regexp"
	"slices"
	"sync"
)

// imports are the modules that a module needs before it runs; what it loads
// later ("import()") and what only its types name are none of them.
var imports = regexp.MustCompile(`(?m)^(?:import|export) (?:[^'\n]* from )?'(\.[^']+)'`)

// known are the answers of Modules by their entries: the files never change.
var known sync.Map

// Modules gives the module at a path and all that it needs before it runs, by
// their paths, each once, in the order in which they are met. A page names them
// so that the browser asks for all at once, and not for one after the other.
func Modules(entry string) ([]string, error) {
	if all, ok := known.Load(entry); ok {
		return slices.Clone(all.([]string)), nil
	}
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
	known.Store(entry, slices.Clone(found))
	return found, nil
}
