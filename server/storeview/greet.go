package storeview

import "strings"

// info is the answer to INFO.
const info = "# Server\r\nredis_mode:standalone\r\n# Procession\r\nread_only:1\r\n" +
	"about:the session store of the latest simulated run; its clock is the run's\r\n"

// greet answers what clients say about themselves and the connection before
// they ask for anything; nil: it is none of that.
func greet(name string, args []string) []byte {
	switch name {
	case "HELLO":
		if len(args) > 1 && args[1] != "2" {
			return failed("NOPROTO only version 2 of the protocol is spoken here")
		}
		if len(args) > 2 && strings.EqualFold(args[2], "AUTH") {
			return failed(noPassword)
		}
		return array(bulk("server"), bulk("redis"), bulk("version"), bulk("7.0.0"), bulk("proto"), integer(2),
			bulk("mode"), bulk("standalone"), bulk("role"), bulk("replica"))
	case "AUTH":
		return failed(noPassword)
	case "SELECT":
		if len(args) != 2 || args[1] != "0" {
			return failed("ERR there is only database 0")
		}
		return simple("OK")
	case "CLIENT":
		if len(args) > 1 && strings.EqualFold(args[1], "ID") {
			return integer(1)
		}
		return simple("OK")
	case "COMMAND":
		return array()
	case "INFO":
		return bulk(info)
	}
	return nil
}

// noPassword is what somebody is told who has one.
const noPassword = "ERR there is no password here: whoever reaches this port may look in; please connect without one"
