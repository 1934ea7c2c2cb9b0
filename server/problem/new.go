package problem

import (
	"fmt"

	"procession/server/wire"
	"procession/sim/scenario"
)

// New makes an error of a code with its sentence, in which names stand in
// braces: New(wire.RoomsFull, "", "n", 2000). key is the field or the key of the
// scenario that is meant, if any.
func New(code wire.Code, key string, args ...any) *wire.Error {
	return Say(code, "", key, args...)
}

// Say makes an error of a code that has several sentences; say names the one
// of this error in the catalogues.
func Say(code wire.Code, say, key string, args ...any) *wire.Error {
	if len(args)%2 != 0 {
		panic("problem: Say: a name without a value")
	}
	e := &wire.Error{Code: code, Key: key, Say: say}
	if len(args) > 0 {
		e.Args = scenario.Places{}
	}
	for i := 0; i < len(args); i += 2 {
		e.Args[fmt.Sprint(args[i])] = fmt.Sprint(args[i+1])
	}
	pattern, ok := catalogues()[fallback].Problems[name(e)]
	if !ok {
		panic("problem: Say: there is no sentence for " + name(e))
	}
	e.Text = e.Args.Fill(pattern)
	return e
}

// Quote shows what somebody wrote: in quotes, and not all of it when it is long.
func Quote(text string) string { return fmt.Sprintf("%.60q", text) }

// Scenario makes an error of a code of a mistake in a scenario or a command.
func Scenario(code wire.Code, err error) *wire.Error {
	bad, ok := err.(*scenario.Error)
	if !ok {
		return &wire.Error{Code: code, Text: err.Error() + "."}
	}
	e := &wire.Error{Code: code, Key: bad.Key, Text: err.Error() + ".", Say: "scenario.missing", Args: scenario.Places{}}
	for name, value := range bad.Places {
		e.Args[name] = value
	}
	e.Args["key"], e.Args["allowed"] = bad.Key, bad.Allowed
	if bad.Value != "" {
		e.Say, e.Args["value"] = "scenario.impossible", bad.Shown()
	}
	return e
}

// name is under which name the catalogues have an error's sentence.
func name(e *wire.Error) string {
	if e.Say != "" {
		return e.Say
	}
	return string(e.Code)
}
