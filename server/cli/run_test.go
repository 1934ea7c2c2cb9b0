package cli_test

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"procession/server/cli"
	"procession/sim/scenario"
)

func TestHelp(t *testing.T) {
	for _, args := range [][]string{{"-h"}, {"--help"}, {"-help"}, {"mode=local", "-h"}} {
		out, errs, code := run("", args...)
		if code != 0 || errs != "" {
			t.Errorf("%q: exit code %d, %s", args, code, errs)
		}
		for _, k := range scenario.Keys() {
			if !strings.Contains(out, "\n  "+k.Name+"\n") {
				t.Errorf("%q: nothing about %s", args, k.Name)
			}
		}
		for line := range strings.Lines(out) {
			if len(line) > 100 {
				t.Errorf("%q: a line of %d characters: %s", args, len(line), line)
			}
		}
	}
}

func TestFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lesson.yaml")
	if err := os.WriteFile(path, []byte("visitors: 1\nscript: login,visit*2\ncosts: measured\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, errs, code := run("", path, "-format=strip"); out != "Ada: AL* B- A+\n" || code != 0 {
		t.Errorf("%q, %q, exit code %d", out, errs, code)
	}
	if err := os.WriteFile(path, []byte("visitors: 0\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, errs, code := run("", path); code != 2 || !strings.Contains(errs, "lesson.yaml: line 1: visitors:") {
		t.Errorf("%q, exit code %d", errs, code)
	}
	if _, errs, code := run("", t.TempDir()); code != 2 || !strings.Contains(errs, "directory") {
		t.Errorf("a directory: %q, exit code %d", errs, code)
	}
}

func TestTooMuchInput(t *testing.T) {
	_, errs, code := run(strings.Repeat("# long\n", 20_000), "-")
	if code != 2 || !strings.Contains(errs, "at most 64 KiB") {
		t.Errorf("%q, exit code %d", errs, code)
	}
}

// TestDeepInput: what is nested is refused before it costs anything.
func TestDeepInput(t *testing.T) {
	for _, part := range []string{"[", "{", "- ", "? ", "a: ", "[a, {b: "} {
		_, errs, code := run(strings.Repeat(part, 60_000/len(part)), "-")
		if code != 2 || !strings.Contains(errs, "line 1: ") {
			t.Errorf("%q: %q, exit code %d", part, errs, code)
		}
	}
	if _, errs, code := run("{visitors: [Ada], script: [login], mode: local, cores: 1, workers: 1, think: 1s, jitter: 0, turns: true, seed: 2, resave: true}", "-", "--until", "1s"); code != 0 {
		t.Errorf("a list in braces: %q, exit code %d", errs, code)
	}
}

// TestOtherVersion: a link made with another version says so and runs.
func TestOtherVersion(t *testing.T) {
	out, errs, code := run("", "v=999&visitors=1&script=login", "--format", "strip")
	if out != "Ada: AL*\n" || code != 0 || !strings.Contains(errs, "version 999") {
		t.Errorf("%q, %q, exit code %d", out, errs, code)
	}
}

// TestColour: only what is for a terminal has colours, and the words are the same.
func TestColour(t *testing.T) {
	t.Setenv("NO_COLOR", "")
	args := []string{"visitors=1&script=login,visit&costs=measured"}
	plain, _, _ := run("", args...)
	var out, errs bytes.Buffer
	if code := cli.Run(args, nil, &out, &errs, true); code != 0 {
		t.Fatal(errs.String())
	}
	coloured := out.String()
	if !strings.Contains(coloured, "\x1b[34mProcess 1\x1b[0m") || !strings.Contains(coloured, "\x1b[1;31mfinds nothing\x1b[0m") {
		t.Error("no colours on a terminal")
	}
	for _, code := range []string{"\x1b[34m", "\x1b[33m", "\x1b[1;31m", "\x1b[1;32m", "\x1b[0m"} {
		coloured = strings.ReplaceAll(coloured, code, "")
	}
	if coloured != plain {
		t.Error("without its colours the text differs from the plain one")
	}
	t.Setenv("NO_COLOR", "1")
	out.Reset()
	cli.Run(args, nil, &out, &errs, true)
	if out.String() != plain {
		t.Error("colours in spite of NO_COLOR")
	}
}

// TestNobodyReads: a reader that has seen enough ends the run quietly.
func TestNobodyReads(t *testing.T) {
	for _, format := range []string{"text", "ndjson", "summary"} {
		r, w := io.Pipe()
		r.Close()
		var errs bytes.Buffer
		if code := cli.Run([]string{"--format", format}, nil, w, &errs, false); code != 0 || errs.Len() > 0 {
			t.Errorf("%s: exit code %d, %s", format, code, errs.String())
		}
	}
}

// TestDiskFull: any other failure of a write is told.
func TestDiskFull(t *testing.T) {
	var errs bytes.Buffer
	if code := cli.Run([]string{"--format", "summary"}, nil, fullDisk{}, &errs, false); code != 1 || !strings.Contains(errs.String(), "no space left") {
		t.Errorf("exit code %d, %s", code, errs.String())
	}
}

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errors.New("no space left on device") }

// FuzzInput: whatever is on standard input, it is a scenario or a sentence.
func FuzzInput(f *testing.F) {
	for _, seed := range []string{
		"", "mode=store&workers=3", "mode: store\nworkers: 3\n", "visitors: [Ada, Grace]\ndo:\n  - 12s crash 1\n", "a: &a [*a]",
		"script: |\n  login\n", "? x\n: y", "workers: !!int 3", "- 1\n- 2", "\"", "{mode: local}", "---\n---\n", "mode: local # x", "\t", "\xff",
		"quantum: inf", "think: .inf", "<<: {mode: local}", "visitors: {a: b}", "workers: 0x2", "%YAML 1.2\n---\nmode: local",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 4096 {
			return // time is better spent on small ones
		}
		_, errs, code := run(text, "--until", "1us", "--format", "strip", "-")
		switch {
		case code == 0:
		case code != 2 || !strings.HasPrefix(errs, "procession run: standard input: "):
			t.Errorf("exit code %d, %q", code, errs)
		}
	})
}
