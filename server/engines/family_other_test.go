//go:build !unix

package engines

import "os/exec"

// apart does nothing where there are no families of programs.
func apart(*exec.Cmd) {}

// end ends a program.
func end(cmd *exec.Cmd) { _ = cmd.Process.Kill() }
