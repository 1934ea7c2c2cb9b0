package browser

import (
	"sync"
	"testing"
	"time"

	"procession/internal/testenv"
	"procession/server/program"
)

// site is a server of all tests that need none of their own. Each has its own
// room in it, but all come from one address: that address may use what it likes.
type site struct {
	once sync.Once
	main *program.Main
	err  error
}

var everybodys site

// open starts it when it is first asked for.
func (s *site) open() (*program.Main, error) {
	s.once.Do(func() {
		s.main = &program.Main{Addr: "127.0.0.1:0", AddressCPU: time.Hour}
		s.err = s.main.Run()
	})
	return s.main, s.err
}

// close ends it, if it was started.
func (s *site) close() {
	if s.main != nil && s.err == nil {
		s.main.Close()
	}
}

// serveSite gives the server of all tests.
func serveSite(t *testing.T) *program.Main {
	t.Helper()
	testenv.Tool(t, chromiums...) // nobody looks at a server without one
	m, err := everybodys.open()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// serveLessons starts a server of its own, with the lessons of a folder.
func serveLessons(t *testing.T, dir string) *program.Main {
	t.Helper()
	testenv.Tool(t, chromiums...)
	m := &program.Main{Addr: "127.0.0.1:0", Lessons: dir}
	if err := m.Run(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(m.Close)
	return m
}
