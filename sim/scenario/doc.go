// Package scenario is the one grammar in which a run is described: the same
// flat keys in a URL's query, on the command line, in a lesson and in YAML.
//
// Parse reads it, or gives an error that is a sentence: it names the key, the
// value and what is allowed. String is the way back, for links. Example has both.
//
// Everything that comes from people is checked here, once; behind this door a
// Scenario is always one that can run.
package scenario
