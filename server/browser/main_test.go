package browser

import (
	"bufio"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"procession/server/program"
)

// asServer, set in the environment to an address, makes the test binary a
// server there, so that tests can start and kill a real one.
const asServer = "PROCESSION_TEST_AS_SERVER"

func TestMain(m *testing.M) {
	if addr := os.Getenv(asServer); addr != "" {
		beServer(addr)
	}
	if err := atOnce(); err != nil {
		panic(err)
	}
	code := m.Run()
	shared.close()
	everybodys.close()
	os.Exit(code)
}

// beServer serves until it is killed.
func beServer(addr string) {
	m := &program.Main{Addr: addr}
	if err := m.Run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println(m.URL())
	panic(<-m.Failed())
}

// atOnce says how many tests run at once, where the command line does not.
// Tests of the browser mostly wait for what comes in its own time, so a small
// machine can have more of them than cores; but they share one Chromium, whose
// own process has to keep up with all of them.
func atOnce() error {
	const fewest, most = 4, 8
	flag.Parse()
	given := false
	flag.Visit(func(f *flag.Flag) { given = given || f.Name == "test.parallel" })
	if given {
		return nil
	}
	return flag.Set("test.parallel", strconv.Itoa(min(most, max(fewest, runtime.GOMAXPROCS(0)))))
}

// child is a server in a process of its own.
type child struct {
	cmd *exec.Cmd
	url string
}

// start starts a server and waits for the line with its address.
func start(t *testing.T, addr string) *child {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), asServer+"="+addr)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	c := &child{cmd: cmd}
	t.Cleanup(c.kill)
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("the server said %q and no more: %v", line, err)
	}
	c.url = strings.TrimSpace(line)
	return c
}

// kill ends it as a power cut would.
func (c *child) kill() {
	_ = c.cmd.Process.Kill()
	_ = c.cmd.Wait()
}

func (c *child) port() string { return c.url[strings.LastIndex(c.url, ":")+1:] }
