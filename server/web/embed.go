package web

import (
	"net/http"

	"procession/templates"
)

// embedPath is the stage without chrome. Any site may put it into a frame, so
// it needs no cookies, and no storage.
const embedPath = "/embed"

// stillAt is the moment, virtual µs, that those see who have no JavaScript:
// then everybody has logged in and come back.
const stillAt = 10e6

// embed shows the stage of the scenario in the address, for a frame.
func (w *Web) embed(rw http.ResponseWriter, r *http.Request) error {
	page, err := w.stagePage(r)
	if err != nil {
		return err
	}
	rw.Header().Set("Cache-Control", "no-cache")
	rw.Header().Add("Vary", "Accept-Language")
	return writePage(rw, r, http.StatusOK, templates.Embed{
		Stage:   page,
		Picture: pictureURL(page.Lang, stillAt, page.Scenario),
	})
}
