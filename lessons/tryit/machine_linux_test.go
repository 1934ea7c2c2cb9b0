package tryit_test

import (
	"fmt"
	"os"
	"os/exec"
	"sync"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

// inside, set in the environment, says that this program is to be the first one
// of a machine of its own.
const inside = "PROCESSION_TRYIT_INSIDE"

func TestMain(m *testing.M) {
	if os.Getenv(inside) != "" {
		err := enter(os.Args[1:])
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// enter makes a new machine ready, and becomes a program in it.
func enter(program []string) error {
	if err := unix.Mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE, ""); err != nil {
		return fmt.Errorf("what is mounted cannot be kept apart: %w", err)
	}
	if err := unix.Mount("proc", "/proc", "proc", 0, ""); err != nil {
		return fmt.Errorf("its processes cannot be listed: %w", err)
	}
	if err := loopback(); err != nil {
		return fmt.Errorf("it cannot reach itself: %w", err)
	}
	if err := os.Unsetenv(inside); err != nil {
		return err
	}
	return unix.Exec(program[0], program, os.Environ())
}

// loopback switches on the network within the machine.
func loopback() error {
	socket, err := unix.Socket(unix.AF_INET, unix.SOCK_DGRAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return err
	}
	defer unix.Close(socket)
	lo, err := unix.NewIfreq("lo")
	if err != nil {
		return err
	}
	lo.SetUint16(unix.IFF_UP | unix.IFF_RUNNING)
	return unix.IoctlIfreq(socket, unix.SIOCSIFFLAGS, lo)
}

// inMachine gives a program that will be the first one in a machine of its own:
// its network has nobody else in it, and all its processes end with the program.
func inMachine(program ...string) *exec.Cmd {
	cmd := exec.Command("/proc/self/exe", program...)
	cmd.Env = append(os.Environ(), inside+"=1")
	cmd.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags: unix.CLONE_NEWNET | unix.CLONE_NEWPID | unix.CLONE_NEWNS,
		Pdeathsig:  unix.SIGKILL,
	}
	// Who is not root may be one in a machine of their own.
	if os.Getuid() != 0 {
		cmd.SysProcAttr.Cloneflags |= unix.CLONE_NEWUSER
		cmd.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{HostID: os.Getuid(), Size: 1}}
		cmd.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{HostID: os.Getgid(), Size: 1}}
	}
	return cmd
}

// apartness tries a machine out. It is nil where there can be one.
var apartness = sync.OnceValue(func() error {
	if told, err := inMachine("/bin/true").CombinedOutput(); err != nil {
		return fmt.Errorf("%w %s", err, told)
	}
	return nil
})
