package main

import (
	"os/exec"
	"runtime"
)

// openBrowser opens an address in the browser of the person at the keyboard.
func openBrowser(url string) error {
	var c *exec.Cmd
	switch runtime.GOOS {
	case "darwin":
		c = exec.Command("open", url)
	case "windows":
		c = exec.Command("rundll32", "url.dll,FileProtocolHandler", url)
	default:
		c = exec.Command("xdg-open", url)
	}
	if err := c.Start(); err != nil {
		return err
	}
	go c.Wait() // so that it does not stay behind as a zombie
	return nil
}
