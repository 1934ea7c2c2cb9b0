package storeview

import (
	"strings"

	"github.com/tidwall/redcon"
)

// info is the answer to INFO.
const info = "# Server\r\nredis_mode:standalone\r\n# Procession\r\nread_only:1\r\n" +
	"about:the session store of the latest simulated run; its clock is the run's\r\n"

// greet answers what clients say about themselves and the connection before
// they ask for anything, and says whether it did.
func greet(c redcon.Conn, name string, args []string) bool {
	switch name {
	case "HELLO":
		if len(args) > 1 && args[1] != "2" {
			c.WriteError("NOPROTO only version 2 of the protocol is spoken here")
			return true
		}
		c.WriteAny([]any{"server", "redis", "version", "7.0.0", "proto", 2, "mode", "standalone", "role", "replica"})
	case "SELECT":
		if len(args) != 2 || args[1] != "0" {
			c.WriteError("ERR there is only database 0")
			return true
		}
		c.WriteString("OK")
	case "CLIENT":
		if len(args) > 1 && strings.EqualFold(args[1], "ID") {
			c.WriteInt(1)
			return true
		}
		c.WriteString("OK")
	case "COMMAND":
		c.WriteArray(0)
	case "INFO":
		c.WriteBulkString(info)
	default:
		return false
	}
	return true
}
