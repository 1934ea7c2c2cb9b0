package tryit_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/creack/pty"
	"golang.org/x/sys/unix"
)

// patience is how long the commands of one block may take.
const patience = 2 * time.Minute

// A way is how a text gets from the clipboard into a shell.
type way struct {
	shell string
	// bracketed says that the terminal tells the shell where the text begins and
	// ends, so that it is taken as a whole. Without it, as in macOS's old bash, it
	// is as if somebody typed fast: what waits for its turn can be eaten by a
	// program that reads.
	bracketed bool
}

// String gives the way's name for people.
func (w way) String() string {
	if w.bracketed {
		return w.shell + " bracketed"
	}
	return w.shell
}

// settings of each shell: in a file of its home, so that it is otherwise as it
// is after an installation.
var settings = map[string]struct{ file, text string }{
	"bash": {".bashrc", "PS1='" + prompt + " ' PS2=\n"},
	"zsh":  {".zshrc", "PS1='" + prompt + " ' PS2=\nunsetopt prompt_sp\n"},
}

// shell is a shell in a machine of its own, with somebody in front of it.
type shell struct {
	way   way
	keys  *os.File // what is typed goes in here, and what is shown comes out
	count int      // blocks that were pasted
	ready int      // where it took what is typed, for the last time

	mu     sync.Mutex
	screen strings.Builder
	more   chan struct{} // has a value when the screen changed
}

// newShell starts a shell in a folder. It ends with the test.
func newShell(t *testing.T, w way, path, folder, home string, env []string) *shell {
	t.Helper()
	rc := settings[w.shell]
	if err := os.WriteFile(filepath.Join(home, rc.file), []byte(rc.text), 0o644); err != nil {
		t.Fatal(err)
	}
	keys, terminal, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer terminal.Close()
	if err := quiet(terminal); err != nil {
		t.Fatal(err)
	}
	cmd := inMachine(path, "-i")
	cmd.Dir = folder
	cmd.Env = append(cmd.Env, env...)
	cmd.Env = append(cmd.Env, "HOME="+home, "TERM=xterm-256color", "LANG=C.UTF-8", "LC_ALL=C.UTF-8")
	cmd.Stdin, cmd.Stdout, cmd.Stderr = terminal, terminal, terminal
	cmd.SysProcAttr.Setsid, cmd.SysProcAttr.Setctty = true, true
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	s := &shell{way: w, keys: keys, more: make(chan struct{}, 1)}
	seen := make(chan struct{})
	go func() {
		defer close(seen)
		s.watch()
	}()
	t.Cleanup(func() {
		_ = cmd.Process.Kill() // and all that it started
		_ = cmd.Wait()
		_ = keys.Close()
		<-seen
	})
	if s.ready = s.await(takes, 0); s.ready < 0 {
		t.Fatalf("%v does not begin: %q", w, s.shown(0))
	}
	return s
}

// quiet makes a terminal wide, and leaves it to the shell to show what is typed:
// otherwise what waits for its turn would stand between what programs print.
func quiet(terminal *os.File) error {
	if err := pty.Setsize(terminal, &pty.Winsize{Rows: 100, Cols: 2000}); err != nil {
		return err
	}
	mode, err := unix.IoctlGetTermios(int(terminal.Fd()), unix.TCGETS)
	if err != nil {
		return err
	}
	mode.Lflag &^= unix.ECHO
	return unix.IoctlSetTermios(int(terminal.Fd()), unix.TCSETS, mode)
}

// watch notes what is shown until the terminal is gone.
func (s *shell) watch() {
	b := make([]byte, 4096)
	for {
		n, err := s.keys.Read(b)
		s.mu.Lock()
		s.screen.Write(b[:n])
		s.mu.Unlock()
		select {
		case s.more <- struct{}{}:
		default:
		}
		if err != nil {
			return
		}
	}
}

// shown gives what was shown from a place on.
func (s *shell) shown(from int) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.screen.String()[from:]
}

// await waits until a text is shown, and gives the place behind it; -1: it did
// not come.
func (s *shell) await(what string, from int) int {
	late := time.After(patience)
	for {
		if at := strings.Index(s.shown(from), what); at >= 0 {
			return from + at + len(what)
		}
		select {
		case <-s.more:
		case <-late:
			return -1
		}
	}
}

// paste pastes a text, and gives the lines that its commands print.
func (s *shell) paste(text string) ([]string, error) {
	s.count++
	begin := s.ready
	typed := strings.ReplaceAll(text, "\n", "\r")
	if s.way.bracketed {
		typed = "\x1b[200~" + strings.TrimSuffix(typed, "\r") + "\x1b[201~\r"
	}
	// The line behind it is shown as it is typed, and then what it prints.
	typed += fmt.Sprintf("echo all' of block '%d' is done'\r", s.count)
	if _, err := s.keys.WriteString(typed); err != nil {
		return nil, err
	}
	end := fmt.Sprintf("all of block %d is done", s.count)
	behind := s.await(end, begin)
	if behind >= 0 {
		s.ready = s.await(takes, behind)
	}
	if behind < 0 || s.ready < 0 {
		return nil, fmt.Errorf("its commands do not end within %v, or one of them ate the line behind them: %q", patience, s.shown(begin))
	}
	return printed(s.shown(begin)[:behind-len(end)-begin]), nil
}
