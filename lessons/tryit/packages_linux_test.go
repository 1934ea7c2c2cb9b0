package tryit_test

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
)

// install is a line that installs packages.
var install = regexp.MustCompile(`(?m)^npm install( .+)$`)

// packages keeps what npm has loaded, for all tests and the next time.
type packages struct {
	folder string
	mu     sync.Mutex
}

// newPackages makes or finds the folder where packages are kept.
func newPackages(t *testing.T) *packages {
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	p := &packages{folder: filepath.Join(cache, "procession-tryit")}
	if err := os.MkdirAll(p.folder, 0o755); err != nil {
		t.Fatal(err)
	}
	return p
}

// env is what npm has to know to find what was loaded. There is no network where
// commands are pasted.
func (p *packages) env() []string {
	return []string{
		"npm_config_cache=" + filepath.Join(p.folder, "npm"), "npm_config_prefer_offline=true",
		"npm_config_audit=false", "npm_config_fund=false", "npm_config_update_notifier=false",
	}
}

// ready puts the packages into a folder that a text will install there. So they
// are loaded and unpacked once for all lessons: npm finds that all is there.
func (p *packages) ready(text, folder string) error {
	line := install.FindStringSubmatch(text)
	if line == nil {
		return nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	names := strings.Fields(line[1])
	store := filepath.Join(p.folder, fmt.Sprintf("%x", sha256.Sum256([]byte(line[1])))[:12])
	if _, err := os.Stat(store); err != nil {
		loading := store + ".loading"
		if err := os.RemoveAll(loading); err != nil {
			return err
		}
		if err := os.Mkdir(loading, 0o755); err != nil {
			return err
		}
		cmd := exec.Command("npm", append([]string{"install"}, names...)...)
		cmd.Dir, cmd.Env = loading, append(os.Environ(), p.env()...)
		if told, err := cmd.CombinedOutput(); err != nil {
			return fmt.Errorf("npm install%s: %w\n%s", line[1], err, told)
		}
		if err := os.Rename(loading, store); err != nil {
			return err
		}
	}
	return link(store, folder)
}

// link fills a folder with what is in another one. Files of packages are one file
// in both, which is quick; those of npm itself are copied, since it writes them.
func link(from, to string) error {
	return filepath.WalkDir(from, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		target := filepath.Join(to, rel)
		switch {
		case entry.IsDir():
			return os.MkdirAll(target, 0o755)
		case entry.Type()&fs.ModeSymlink != 0:
			points, err := os.Readlink(path)
			if err != nil {
				return err
			}
			return os.Symlink(points, target)
		case strings.Count(rel, "/") < 2:
			text, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			return os.WriteFile(target, text, 0o644)
		}
		return os.Link(path, target)
	})
}
