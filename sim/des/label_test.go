package des_test

import (
	"bytes"
	"runtime/pprof"
	"strings"
	"testing"

	"procession/sim/des"
)

func TestGoroutineProfileShowsProcesses(t *testing.T) {
	env, _ := world(t)
	env.Start(des.Label{Process: "worker 1", Thread: "2"}, (*des.Proc).Park)
	finish(env)
	var b bytes.Buffer
	if err := pprof.Lookup("goroutine").WriteTo(&b, 1); err != nil {
		t.Fatal(err)
	}
	if want := `# labels: {"process":"worker 1", "thread":"2"}`; !strings.Contains(b.String(), want) {
		t.Errorf("the profile has no %s:\n%s", want, b.String())
	}
}
