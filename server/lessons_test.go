package main

import (
	"bytes"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"procession/lessons"
)

// TestLessonsOfAnAuthor: the program serves a folder of lessons, and ends in
// time though a page waits for changes.
func TestLessonsOfAnAuthor(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "en"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "en", "01-mine.md"), lessons.Skeleton("01-mine", "en"), 0o644); err != nil {
		t.Fatal(err)
	}
	p := start(t, "-addr", "127.0.0.1:0", "-lessons", dir)
	resp, err := http.Get(p.url + "/lessons/01-mine")
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		t.Errorf("got %d", resp.StatusCode)
	}
	events, err := http.Get(p.url + "/lessons/events")
	if err != nil {
		t.Fatal(err)
	}
	defer events.Body.Close()
	began := time.Now()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	err = p.cmd.Wait()
	if took := time.Since(began); err != nil || took > 5*time.Second {
		t.Errorf("got %v after %v, want exit 0 within 5 s", err, took)
	}
}

func TestLessonsFlag(t *testing.T) {
	file := filepath.Join(t.TempDir(), "lesson.md")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{"nowhere", file} {
		var out, errors bytes.Buffer
		if code := execute([]string{"-addr", "127.0.0.1:0", "-lessons", dir}, nil, &out, &errors); code != exitFailed || !strings.Contains(errors.String(), "-lessons: ") {
			t.Errorf("-lessons %s: got %d, %s", dir, code, errors.String())
		}
	}
}
