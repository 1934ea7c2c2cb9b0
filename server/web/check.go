package web

import (
	"encoding/json"
	"net/http"

	"procession/sim/scenario"
)

// checked is what is said of a scenario that is right.
type checked struct {
	OK       bool   `json:"ok"`
	Scenario string `json:"scenario"` // as this program writes it; empty: the default
}

// check says whether a scenario can be played, and if not, why: /check?scenario.
func (w *Web) check(rw http.ResponseWriter, r *http.Request) error {
	query, _ := withoutLanguage(r.URL.RawQuery)
	sc, err := scenario.Parse(query)
	if err != nil {
		return err
	}
	body, err := json.Marshal(checked{true, sc.String()})
	if err != nil {
		return err
	}
	rw.Header().Set("Cache-Control", "no-store")
	writeText(rw, r, http.StatusOK, types[".json"], body)
	return nil
}
