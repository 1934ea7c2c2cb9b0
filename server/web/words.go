package web

import (
	"encoding/json"
	"fmt"
	"path"
	"strings"
)

// later is the part of a catalogue that only panels need, which load later.
const later = "later"

// splitWords takes a catalogue of words apart, so that the first load is
// light: what the page begins with, and what comes later. The second has the
// name of the first with ".later" in it.
func splitWords(name string, data []byte) (map[string][]byte, error) {
	var parts map[string]json.RawMessage
	if err := json.Unmarshal(data, &parts); err != nil {
		return nil, fmt.Errorf("web: %s cannot be read: %w", name, err)
	}
	rest, ok := parts[later]
	if !ok {
		rest = json.RawMessage("{}")
	}
	delete(parts, later)
	files := map[string][]byte{}
	for name, content := range map[string]any{
		name: parts,
		strings.TrimSuffix(name, path.Ext(name)) + "." + later + path.Ext(name): map[string]any{"ui": rest},
	} {
		text, err := json.Marshal(content)
		if err != nil {
			return nil, fmt.Errorf("web: %s cannot be taken apart: %w", name, err)
		}
		files[name] = text
	}
	return files, nil
}
