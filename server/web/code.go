package web

import (
	"encoding/json"
	"net/http"

	"procession/server/code"
	"procession/sim/scenario"
)

// codeFiles are the files of code that a page shows.
type codeFiles struct {
	Files []*code.File `json:"files"`
}

func newCode() (*asset, error) {
	files, err := code.Files()
	if err != nil {
		return nil, err
	}
	return newDataAsset("code.json", codeFiles{files})
}

// codeOf gives the files of code: /code.json. With handlers=, as the scenario's
// key has them, it gives the one in which those are.
func (w *Web) codeOf(rw http.ResponseWriter, r *http.Request) error {
	handlers := r.URL.Query().Get("handlers")
	if handlers == "" {
		return prepared(w.code)(rw, r)
	}
	sc, err := scenario.FromMap(map[string]string{"handlers": handlers})
	if err != nil {
		return err
	}
	f, err := code.Printed(sc.Handlers)
	if err != nil {
		return err
	}
	body, err := json.Marshal(codeFiles{[]*code.File{f}})
	if err != nil {
		return err
	}
	keepText(rw, r, types[".json"], body, figureAge)
	return nil
}
