package main

import (
	"bufio"
	"bytes"
	"net"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

// asServer, set in the environment, makes the test binary the program itself,
// so that tests can start and kill a real one.
const asServer = "PROCESSION_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asServer) != "" {
		os.Exit(execute(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
	}
	os.Exit(m.Run())
}

// child is the program in a process of its own.
type child struct {
	cmd *exec.Cmd
	url string
}

// start starts the program and waits for the line with its address.
func start(t *testing.T, args ...string) *child {
	t.Helper()
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append(os.Environ(), asServer+"=1")
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	p := &child{cmd: cmd}
	t.Cleanup(p.kill)
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("the program said %q and no more: %v", line, err)
	}
	p.url = regexp.MustCompile(`http://\S+`).FindString(line)
	return p
}

// kill ends it as a power cut would.
func (p *child) kill() {
	_ = p.cmd.Process.Kill()
	_ = p.cmd.Wait()
}

func TestSignalsEndTheProgram(t *testing.T) {
	for _, signal := range []os.Signal{os.Interrupt, syscall.SIGTERM} {
		p := start(t, "-addr", "127.0.0.1:0")
		resp, err := http.Get(p.url + "/healthz")
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		began := time.Now()
		if err := p.cmd.Process.Signal(signal); err != nil {
			t.Fatal(err)
		}
		err = p.cmd.Wait()
		if took := time.Since(began); err != nil || took > 5*time.Second {
			t.Errorf("%v: got %v after %v, want exit 0 within 5 s", signal, err, took)
		}
	}
}

func TestAddressFromTheEnvironment(t *testing.T) {
	t.Setenv("ADDR", "127.0.0.1:0")
	if p := start(t); !strings.HasPrefix(p.url, "http://localhost:") {
		t.Errorf("got the address %q", p.url)
	}
}

func TestCommandLine(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	addr := taken.Addr().String()

	for _, c := range []struct {
		args        string
		code        int
		out, errors string
	}{
		{"help", 0, "procession run", ""},
		{"-h", 0, "procession run", ""},
		{"--help", 0, "procession run", ""},
		{"help help", 0, "procession run", ""},
		{"help serve", 0, "-store-addr", ""},
		{"help run", 0, "--until", ""},
		{"help compare", 0, "sticky", ""},
		{"help seeds", 0, "--event", ""},
		{"help costs", 0, "What is not modelled", ""},
		{"help lint", 0, "--format", ""},
		{"help new-lesson", 0, "--dir", ""},
		{"lint nowhere", 2, "", `"nowhere" cannot be read`},
		{"new-lesson Hello", 2, "", `"Hello" is no name for a lesson`},
		{"compare --until 1s costs=measured", 0, "threads", ""},
		{"seeds --seeds 2 --until 1s", 0, "2 seeds of jitter=50", ""},
		{"seeds workers=99", 2, "", "1 to 16"},
		{"help scenario", 0, "round-robin, random, least-connections", ""},
		{"help dance", 2, "", `no help about "dance"`},
		{"serve -h", 0, "ADDR", ""},
		{"run -h", 0, "--format", ""},
		{"dance", 2, "", "the commands are serve, run, compare, seeds, lint, new-lesson and help"},
		{"serve mode=store", 2, "", "procession run"},
		{"-nothing", 2, "", "procession serve: flag provided but not defined: -nothing; `procession serve -h` says what there is\n"},
		{"serve -adr :80", 2, "", "procession serve: flag provided but not defined: -adr (did you mean -addr?); `procession serve -h` says what there is\n"},
		{"-rooms 0", 2, "", "at least 1"},
		{"-client-cpu 0s", 2, "", "more than 0"},
		{"-address-cpu -1s", 2, "", "more than 0"},
		{"-host http://lab.example", 2, "", "names without a scheme or a port"},
		{"-trusted-proxies everybody", 2, "", "10.0.0.0/8"},
		{"run workers=99", 2, "", "1 to 16"},
		{"run script=login --format strip", 0, "Ada: AL*", ""},
		{"-addr " + addr, 1, "", addr + " is taken by another program; choose another port, for example with -addr 127.0.0.1:"},
		{"-addr 1:2:3", 1, "", "-addr takes HOST:PORT"},
		{"-addr 127.0.0.1:0 -store-addr " + addr, 1, "", "another program listens there"},
	} {
		var out, errors bytes.Buffer
		code := execute(strings.Fields(c.args), strings.NewReader(""), &out, &errors)
		if code != c.code {
			t.Errorf("%s: got the exit code %d, want %d", c.args, code, c.code)
		}
		if !strings.Contains(out.String(), c.out) || (c.out == "") != (out.Len() == 0) {
			t.Errorf("%s: got the output %q, want it to have %q", c.args, out.String(), c.out)
		}
		if errors.Len() > 0 && strings.Count(errors.String(), "\n") > 8 {
			t.Errorf("%s: what is wrong scrolls off: %s", c.args, errors.String())
		}
		if !strings.Contains(errors.String(), c.errors) || (c.errors == "") != (errors.Len() == 0) {
			t.Errorf("%s: got the errors %q, want them to have %q", c.args, errors.String(), c.errors)
		}
	}
}
