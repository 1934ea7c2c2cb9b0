//go:build unix

package cli_test

import (
	"bytes"
	"os"
	"strings"
	"sync"
	"syscall"
	"testing"

	"procession/server/cli"
)

// TestInterrupt: SIGINT ends the run with what there is, and that is whole
// lines.
func TestInterrupt(t *testing.T) {
	var errs bytes.Buffer
	out := &interrupter{}
	code := cli.Run([]string{"visitors=100&traffic=auto&costs=measured", "--until", "24h", "--format", "ndjson"}, nil, out, &errs, false)
	if code != 0 || errs.Len() > 0 {
		t.Errorf("exit code %d, %s", code, errs.String())
	}
	if text := out.last.String(); !strings.HasSuffix(text, "}\n") || strings.Contains(text, "run.ended") {
		t.Errorf("the output ends in %q", text[max(0, len(text)-100):])
	}
}

// interrupter interrupts this process when the first output arrives, and keeps
// the last.
type interrupter struct {
	once sync.Once
	last bytes.Buffer
}

func (i *interrupter) Write(b []byte) (int, error) {
	i.once.Do(func() {
		if err := syscall.Kill(os.Getpid(), syscall.SIGINT); err != nil {
			panic(err)
		}
	})
	i.last.Reset()
	return i.last.Write(b)
}

// TestInterruptSeeds: SIGINT prints what came of the seeds so far.
func TestInterruptSeeds(t *testing.T) {
	var out bytes.Buffer
	errs := &interrupter{}
	code := cli.Seeds([]string{"visitors=20&costs=measured&think=10ms", "--seeds", "1000000", "--until", "100ms", "--event", "logout"}, nil, &out, errs, true)
	if code != 0 {
		t.Errorf("exit code %d", code)
	}
	if text := out.String(); !strings.Contains(text, "Interrupted: 1000000 were asked for.") || !strings.Contains(text, "logout: in ") {
		t.Errorf("the output is %q", text)
	}
}

// TestInterruptCompare: half a comparison is none.
func TestInterruptCompare(t *testing.T) {
	var out bytes.Buffer
	errs := &interrupter{}
	code := cli.Compare([]string{"v=999&visitors=2000&costs=measured&think=10ms", "--until", "24h"}, nil, &out, errs)
	if code != 1 || out.Len() > 0 || !strings.Contains(errs.last.String(), "interrupted") {
		t.Errorf("exit code %d, %q, %q", code, out.String(), errs.last.String())
	}
}
