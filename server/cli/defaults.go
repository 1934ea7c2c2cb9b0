package cli

import (
	"maps"
	"slices"

	"procession/sim"
	"procession/sim/scenario"
)

// defaults are values, by key, that a command puts in the place of the
// grammar's own defaults.
type defaults map[string]string

// parse reads a scenario from a query; keys that it does not give get these
// defaults.
func (d defaults) parse(query string) (sim.Scenario, error) {
	sc, err := sim.Parse(query)
	if err != nil {
		return sc, err
	}
	for _, key := range slices.Sorted(maps.Keys(d)) {
		// The grammar refuses a key that stands twice: a query that can take
		// the key has not given it.
		if with, err := sim.Parse(query + "&" + key + "=" + d[key]); err == nil {
			query, sc = query+"&"+key+"="+d[key], with
		}
	}
	return sc, nil
}

// fromMap reads a scenario from its keys and values in the same way.
func (d defaults) fromMap(values map[string]string) (sim.Scenario, error) {
	all := maps.Clone(d)
	if all == nil {
		all = defaults{}
	}
	maps.Copy(all, values)
	return scenario.FromMap(all)
}
