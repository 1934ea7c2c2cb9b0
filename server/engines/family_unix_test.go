//go:build unix

package engines

import (
	"os/exec"
	"syscall"
)

// apart makes a program the first of a family of its own.
func apart(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

// end ends a program and all of its family.
func end(cmd *exec.Cmd) { _ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
