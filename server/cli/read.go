package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"procession/sim"
)

// maxScenario is how large a scenario in a file or on standard input may be,
// in bytes.
const maxScenario = 64 << 10

// read reads the scenario that an argument stands for: itself, the file of
// that path, or standard input.
func (d defaults) read(arg string, stdin io.Reader) (sim.Scenario, error) {
	if arg == "-" {
		text, err := readAll(stdin)
		if err != nil {
			return sim.Scenario{}, fmt.Errorf("standard input: %w", err)
		}
		sc, err := d.parseText(text)
		if err != nil {
			return sim.Scenario{}, fmt.Errorf("standard input: %w", err)
		}
		return sc, nil
	}
	if !isPath(arg) {
		return d.parse(arg)
	}
	file, err := os.Open(arg)
	if errors.Is(err, fs.ErrNotExist) {
		return sim.Scenario{}, fmt.Errorf("%q is neither a scenario, which has key=value, nor a file that exists", arg)
	}
	if err != nil {
		return sim.Scenario{}, fmt.Errorf("the scenario cannot be read: %w", err)
	}
	defer file.Close()
	text, err := readAll(file)
	if err != nil {
		return sim.Scenario{}, fmt.Errorf("the scenario cannot be read: %s: %w", arg, err)
	}
	sc, err := d.parseYAML(text)
	if err != nil {
		return sim.Scenario{}, fmt.Errorf("%s: %w", arg, err)
	}
	return sc, nil
}

// isPath says whether an argument names a file and is no scenario itself.
func isPath(arg string) bool {
	return arg != "" && !strings.Contains(arg, "=") || strings.HasSuffix(arg, ".yaml") || strings.HasSuffix(arg, ".yml")
}

// readAll reads a text of at most maxScenario bytes.
func readAll(r io.Reader) ([]byte, error) {
	text, err := io.ReadAll(io.LimitReader(r, maxScenario+1))
	if err != nil {
		return nil, err
	}
	if len(text) > maxScenario {
		return nil, fmt.Errorf("a scenario has at most %d KiB", maxScenario>>10)
	}
	// Some editors begin a file with a mark that says it is UTF-8.
	return bytes.TrimPrefix(text, []byte("\ufeff")), nil
}

// parseText reads a scenario that is either a query on one line or YAML.
func (d defaults) parseText(text []byte) (sim.Scenario, error) {
	if s := strings.TrimSpace(string(text)); isQuery(s) {
		return d.parse(s)
	}
	return d.parseYAML(text)
}

// isQuery says whether a text begins like mode=local, as no YAML of ours does.
func isQuery(s string) bool {
	name, _, found := strings.Cut(s, "=")
	return found && !strings.Contains(s, "\n") && name != "" &&
		strings.Trim(name, "abcdefghijklmnopqrstuvwxyz-") == ""
}
