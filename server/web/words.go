package web

import (
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strings"
)

const (
	// later is the part of a catalogue that only panels need, which load later.
	later = "later"
	// narrated is the part with the sentences of what happens.
	narrated = "narrate"
	// ofLessons is how the names of words begin that only scripts of lessons
	// need. They have a file of their own.
	ofLessons = "lesson."
)

// ofPages is how the names of words begin that only the server's pages need. No
// file has them.
var ofPages = []string{"lessons.", "watch.", "page.description", "page.noscript"}

// splitWords takes a catalogue of words apart, so that the first load is
// light: what the stage begins with, what comes later, and what lessons say.
// The others have the name of the first with ".later" and ".lesson" in it.
func splitWords(name string, data []byte) (map[string][]byte, error) {
	var parts map[string]json.RawMessage
	if err := json.Unmarshal(data, &parts); err != nil {
		return nil, fmt.Errorf("web: %s cannot be read: %w", name, err)
	}
	var ui, lesson map[string]string
	if err := json.Unmarshal(parts["ui"], &ui); err != nil {
		return nil, fmt.Errorf("web: %s: its part ui cannot be read: %w", name, err)
	}
	ui, lesson = withoutLessons(ui)
	rest, ok := parts[later]
	if !ok {
		rest = json.RawMessage("{}")
	}
	delete(parts, later)
	// What happens is told when the picture stands.
	told := map[string]any{"ui": rest}
	if sentences, ok := parts[narrated]; ok {
		told[narrated] = sentences
		delete(parts, narrated)
	}
	first := map[string]any{}
	for part, words := range parts {
		first[part] = words
	}
	first["ui"] = ui
	files := map[string][]byte{}
	ext := path.Ext(name)
	base := strings.TrimSuffix(name, ext)
	for name, content := range map[string]any{
		name:                   first,
		base + ".later" + ext:  told,
		base + ".lesson" + ext: map[string]any{"ui": lesson},
	} {
		text, err := json.Marshal(content)
		if err != nil {
			return nil, fmt.Errorf("web: %s cannot be taken apart: %w", name, err)
		}
		files[name] = text
	}
	return files, nil
}

// withoutLessons takes out of some words those of lessons, and leaves those
// that the stage begins with.
func withoutLessons(all map[string]string) (first, lesson map[string]string) {
	first, lesson = map[string]string{}, map[string]string{}
	for key, text := range all {
		switch {
		case strings.HasPrefix(key, ofLessons):
			lesson[key] = text
		case !slices.ContainsFunc(ofPages, func(of string) bool { return strings.HasPrefix(key, of) }):
			first[key] = text
		}
	}
	return first, lesson
}
