package web

import (
	"net/http"

	"procession/lessons"
)

// guideSlug is the author's guide, which is a lesson itself: its examples are
// alive.
const guideSlug = "guide"

// guide shows how a lesson is written.
func (w *Web) guide(rw http.ResponseWriter, r *http.Request) error {
	return w.showLesson(rw, r, w.guides, guideSlug)
}

// lessonSchema describes what an author writes, for editors.
func lessonSchema() (*asset, error) { return newAsset("schema.json", lessons.Schema()), nil }
