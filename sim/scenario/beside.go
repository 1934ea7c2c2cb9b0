package scenario

import (
	"maps"
	"slices"
	"strings"
)

// shared are the keys that worlds side by side have in common: the same people
// do the same things in each, and chance falls alike.
var shared = []string{"visitors", handlersKey, "seed", "v", "do"}

// Beside gives the scenario of a world beside this one, in which the keys of a
// query have other values: mode=store&workers=4. Visitors, seed and commands
// are the same, but for commands that set one of these keys: it is what tells
// the worlds apart. The error is an *Error.
func (s Scenario) Beside(query string) (Scenario, error) {
	other, err := split(query)
	if err != nil {
		return Scenario{}, err
	}
	for _, name := range slices.Sorted(maps.Keys(other)) {
		if find(name) == nil || slices.Contains(shared, name) {
			return Scenario{}, noKey("worlds", name, unshared())
		}
	}
	m := s.Values()
	if _, scripted := other["script"]; scripted {
		delete(m, "traffic") // a script brings its own
	}
	maps.Copy(m, other)
	world, err := FromMap(m)
	if err != nil {
		return Scenario{}, err
	}
	world.Do = slices.DeleteFunc(slices.Clone(s.Do), func(c Command) bool {
		_, apart := other[c.Key]
		return c.Verb == Set && apart
	})
	return world, nil
}

// Against gives what this scenario has differently from another one, as a
// query; commands do not count.
func (s Scenario) Against(other Scenario) string {
	var b strings.Builder
	for _, k := range keys {
		v := k.get(&s)
		if k.Name == "do" || v == k.get(&other) {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('&')
		}
		b.WriteString(k.Name + "=" + escape(v))
	}
	return b.String()
}

func unshared() []string {
	return slices.DeleteFunc(Names(), func(name string) bool { return slices.Contains(shared, name) })
}
