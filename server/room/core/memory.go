package core

import (
	"slices"

	"procession/sim/scenario"
)

// Memory keeps commands in memory: those of a room whose client has them, too.
// The zero Memory has none.
type Memory struct {
	all  []scenario.Command
	size int
}

var _ Commands = (*Memory)(nil)

// Append adds a command. It never fails.
func (m *Memory) Append(c scenario.Command) (int, error) {
	m.all = append(m.all, c)
	m.size += sizeOf(c)
	return len(m.all), nil
}

// Cut keeps the commands up to and including a moment. It never fails.
func (m *Memory) Cut(at int64) error {
	// Another list: what After gave stays as it is.
	kept := []scenario.Command{}
	m.size = 0
	for _, c := range m.all {
		if c.At <= at {
			kept = append(kept, c)
			m.size += sizeOf(c)
		}
	}
	m.all = kept
	return nil
}

// Len gives the number of commands.
func (m *Memory) Len() int { return len(m.all) }

// Size gives their bytes as text.
func (m *Memory) Size() int { return m.size }

// After gives the commands after a position.
func (m *Memory) After(position int) []scenario.Command { return slices.Clip(m.all[position:]) }

// sizeOf gives the bytes of a command as text, with its moment and what stands
// between it and the next.
func sizeOf(c scenario.Command) int {
	return len(scenario.FormatCommands([]scenario.Command{c})) + len("; ")
}
