package tryit_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"procession/internal/testenv"
	"procession/lessons"
)

// tool finds what commands need that not every machine has.
var tool = regexp.MustCompile(`(?m)(?:^|[\s(])(node|npm|npx|go|redis-server|redis-cli|haproxy|python3|php|openssl|taskset)\s`)

// ways in which each lesson is pasted. NB: the two are the ones that most people
// have; the others are for when there is time.
func ways() []way {
	all := []way{{"bash", false}, {"zsh", true}}
	if os.Getenv("PROCESSION_SOAK") != "" {
		all = append(all, way{"bash", true}, way{"zsh", false})
	}
	return all
}

// TestPaste does what readers of each lesson do. English stands for all
// languages: the linter makes sure that the commands are the same.
func TestPaste(t *testing.T) {
	testenv.Long(t)
	if err := apartness(); err != nil {
		t.Skipf("a machine of its own is not possible here: %v", err)
	}
	course := lessons.Load(lessons.FS)
	if len(course.Problems) > 0 {
		t.Fatal(course.Problems)
	}
	stock := newPackages(t)
	for _, lesson := range course.Lessons["en"] {
		step := machineStep(lesson)
		if step == nil {
			continue
		}
		for _, w := range ways() {
			t.Run(lesson.Slug+"/"+w.String(), func(t *testing.T) {
				t.Parallel()
				pasteAll(t, lesson.File, step.Code, w, stock)
			})
		}
	}
}

// machineStep gives the step for one's own machine; nil: there is none.
func machineStep(l *lessons.Lesson) *lessons.Step {
	for _, s := range l.Steps {
		if s.Kind == lessons.Machine {
			return s
		}
	}
	return nil
}

// pasteAll saves the files, pastes the commands, and compares what they print.
func pasteAll(t *testing.T, file string, code []lessons.Code, w way, stock *packages) {
	if !slices.ContainsFunc(code, lessons.Code.Promised) {
		t.Errorf("%s: the step {.machine} promises nothing, so nothing that its commands print is compared; it wants a block output", file)
	}
	path := testenv.Tool(t, w.shell)
	needed := []string{"curl"}
	for _, c := range code {
		if c.Pasted() {
			for _, m := range tool.FindAllStringSubmatch(c.Text, -1) {
				needed = append(needed, m[1])
			}
		}
	}
	slices.Sort(needed)
	for _, name := range slices.Compact(needed) {
		testenv.Tool(t, name)
	}
	folder, home := rooms(t, stock)
	s := newShell(t, w, path, folder, home, slices.Concat(stock.env(), goEnv(t)))
	for i, c := range code {
		if name := c.File(); name != "" {
			if err := os.WriteFile(filepath.Join(folder, name), []byte(c.Text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if !c.Pasted() {
			continue
		}
		if err := stock.ready(c.Text, folder); err != nil {
			t.Fatal(err)
		}
		lines, err := s.paste(c.Text)
		if err != nil {
			t.Fatalf("%s:%d: %v", file, c.Line, err)
		}
		t.Logf("%s:%d:\n\t%s", file, c.Line, strings.Join(lines, "\n\t"))
		if i+1 == len(code) || !code[i+1].Promised() {
			continue
		}
		promise := strings.Split(strings.TrimSuffix(code[i+1].Text, "\n"), "\n")
		if !kept(promise, lines) {
			t.Errorf("%s:%d: %s", file, code[i+1].Line, apart(promise, lines))
		}
	}
}

// rooms makes an empty folder, and a home, which end with the test. NB: they are
// where the packages are, since a file can have two names in one file system only,
// and their names are short, since pm2 has sockets there.
func rooms(t *testing.T, stock *packages) (folder, home string) {
	room, err := os.MkdirTemp(stock.folder, "p")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(room); err != nil {
			t.Error(err)
		}
	})
	folder, home = filepath.Join(room, "w"), filepath.Join(room, "h")
	for _, dir := range []string{folder, home} {
		if err := os.Mkdir(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	return folder, home
}

// goEnv lets Go find what it has compiled, although the home is another one.
func goEnv(t *testing.T) []string {
	var env []string
	for _, name := range []string{"GOCACHE", "GOPATH"} {
		value, err := exec.Command("go", "env", name).Output()
		if err != nil {
			t.Fatal(err)
		}
		env = append(env, name+"="+strings.TrimSpace(string(value)))
	}
	return env
}
