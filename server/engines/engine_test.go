package engines

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"procession/internal/testenv"
)

// engine is a browser that is not Chromium.
type engine struct {
	name  string
	start func(t *testing.T) driver // skips where it is not installed
}

var engines = []engine{
	{"WebKitGTK", startWebKit},
	{"WPE", startWPE},
	{"Firefox", startFirefox},
}

// startWebKit starts WebKitGTK on a screen that nobody sees.
func startWebKit(t *testing.T) driver {
	t.Helper()
	screen := "DISPLAY=:" + display(t)
	return startWebDriver(t, testenv.Tool(t, "WebKitWebDriver"), "webkitgtk:browserOptions", browser(t, "webkit2gtk-*"), []string{"--automation"}, screen, "WEBKIT_DISABLE_COMPOSITING_MODE=1")
}

// startWPE starts the WebKit of small devices, which needs no screen.
func startWPE(t *testing.T) driver {
	t.Helper()
	return startWebDriver(t, testenv.Tool(t, "WPEWebDriver"), "wpe:browserOptions", browser(t, "wpe-webkit-*"), []string{"--automation", "--headless"})
}

// browser gives the small browser that comes with a WebKit, in a folder that is
// named after its version.
func browser(t *testing.T, folder string) string {
	t.Helper()
	pattern := filepath.Join("/usr/lib/*/", folder, "MiniBrowser")
	found, err := filepath.Glob(pattern)
	if err != nil {
		t.Fatal(err)
	}
	if len(found) == 0 {
		testenv.Missing(t, "there is no "+pattern)
	}
	return found[0]
}

// startWebDriver starts a driver, which starts its browser.
func startWebDriver(t *testing.T, program, name, browser string, args []string, env ...string) driver {
	t.Helper()
	port := freePort(t)
	cmd := exec.Command(program, "--port="+port)
	// What a page could do to this machine is not asked here, and the sandbox
	// cannot be made inside of a container.
	cmd.Env = append(os.Environ(), append(env, "LIBGL_ALWAYS_SOFTWARE=1", "NO_AT_BRIDGE=1", "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS=1")...)
	run(t, cmd)
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	knock(ctx, t, "127.0.0.1:"+port)
	d, err := newWebDriver(ctx, "http://127.0.0.1:"+port, name, map[string]any{"binary": browser, "args": args})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.close)
	return d
}

// startFirefox starts Firefox, which says where it listens.
func startFirefox(t *testing.T) driver {
	t.Helper()
	cmd := exec.Command(testenv.Tool(t, "firefox-esr", "firefox"), "--headless", "--no-remote", "--profile", t.TempDir(), "--remote-debugging-port", "0", "--width", "1280", "--height", "800", "about:blank")
	said, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	run(t, cmd)
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	defer context.AfterFunc(ctx, func() { said.Close() })() // it is read no longer than that
	const begins = "WebDriver BiDi listening on "
	lines := bufio.NewScanner(said)
	for lines.Scan() {
		if _, address, ok := strings.Cut(lines.Text(), begins); ok {
			go io.Copy(io.Discard, said) // so that it can go on talking
			d, err := newBiDi(ctx, address)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(d.close)
			return d
		}
	}
	t.Fatalf("Firefox never said %q", begins)
	return nil
}

// display starts a screen in memory and gives its number.
func display(t *testing.T) string {
	t.Helper()
	program := testenv.Tool(t, "Xvfb")
	said, tell, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer said.Close()
	cmd := exec.Command(program, "-displayfd", "3", "-screen", "0", "1400x1000x24", "-nolisten", "tcp")
	cmd.ExtraFiles = []*os.File{tell}
	run(t, cmd)
	tell.Close()
	number, err := bufio.NewReader(said).ReadString('\n')
	if err != nil {
		t.Fatalf("Xvfb said %q and no more: %v", number, err)
	}
	return strings.TrimSpace(number)
}

// run starts a program and ends it with the test, and what it started itself:
// a driver that is killed leaves its browser behind.
func run(t *testing.T, cmd *exec.Cmd) {
	t.Helper()
	apart(cmd)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		end(cmd)
		_ = cmd.Wait()
	})
}

// freePort gives a port that nobody listens at.
func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return fmt.Sprint(l.Addr().(*net.TCPAddr).Port)
}

// knock waits until somebody listens at an address.
func knock(ctx context.Context, t *testing.T, address string) {
	t.Helper()
	tick := time.NewTicker(look)
	defer tick.Stop()
	for {
		if conn, err := net.Dial("tcp", address); err == nil {
			conn.Close()
			return
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			t.Fatalf("nobody listens at %s", address)
		}
	}
}
