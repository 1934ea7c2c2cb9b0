// Package scenario is the one grammar in which a run is described: the same
// flat keys in a URL's query, on the command line, in a lesson and in YAML.
//
//	sc, err := scenario.Parse("mode=store&workers=3&do=12s crash 1")
//	if err != nil {
//		return err // a sentence that names the key, the value and what is allowed
//	}
//	link := "/?" + sc.String()
//
// Everything that comes from people is checked here, once; behind this door a
// Scenario is always one that can run.
package scenario
