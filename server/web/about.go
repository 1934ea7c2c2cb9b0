package web

import (
	"encoding/json"
	"fmt"
	"net/http"

	"procession/sim/cluster"
	"procession/sim/notmodelled"
	"procession/sim/scenario"
)

// about is what is true here: the grammar, what everything costs, and what is
// left out.
type about struct {
	Version     int         `json:"version"` // of the simulator
	Keys        []aboutKey  `json:"keys"`
	Costs       []aboutCost `json:"costs"`
	NotModelled []string    `json:"notModelled"`
}

// aboutKey is a key of the grammar.
type aboutKey struct {
	Name    string   `json:"name"`
	Values  string   `json:"values"` // what is allowed, in words
	Default string   `json:"default"`
	Meaning string   `json:"meaning"`
	Live    bool     `json:"live"`
	Words   []string `json:"words"` // the values, where they are a choice of words
}

// aboutCost is a row of the table of costs.
type aboutCost struct {
	Name     string  `json:"name"`
	Measured float64 `json:"measured"` // µs
	Teaching float64 `json:"teaching"` // µs
	Source   string  `json:"source"`
}

func newAbout() (*asset, error) {
	a := about{Version: scenario.Version, NotModelled: notmodelled.List()}
	for _, k := range scenario.Keys() {
		a.Keys = append(a.Keys, aboutKey{k.Name, k.Values, k.Default, k.Meaning, k.Live, append([]string{}, k.Words...)})
	}
	for _, c := range cluster.Table {
		a.Costs = append(a.Costs, aboutCost{c.Name, float64(c.Measured) / 1e3, float64(c.Teaching) / 1e3, c.Source})
	}
	return newDataAsset("about.json", a)
}

// newDataAsset makes of some data a file that is ready to be sent.
func newDataAsset(name string, data any) (*asset, error) {
	text, err := json.Marshal(data)
	if err != nil {
		return nil, fmt.Errorf("web: %s: %w", name, err)
	}
	return newAsset(name, text), nil
}

// prepared serves a file that is made when it is wanted for the first time.
func prepared(file func() (*asset, error)) handler {
	return func(rw http.ResponseWriter, r *http.Request) error {
		a, err := file()
		if err != nil {
			return err
		}
		a.serve(rw, r)
		return nil
	}
}
