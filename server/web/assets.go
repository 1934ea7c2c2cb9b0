package web

import (
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"reflect"
	"strings"
	"sync"

	"procession/server/problem"
	"procession/server/wire"
)

// assets are the static files, by path.
type assets struct{ byPath map[string]*asset }

// read has the assets of file systems that were read before: a program that
// starts several sites, as tests do, packs its files once.
var (
	readMu sync.Mutex
	read   = map[fs.FS]*assets{}
)

// readAssets gives the assets of a file system, read now or before.
func readAssets(files fs.FS) (*assets, error) {
	if !reflect.TypeOf(files).Comparable() {
		return newAssets(files)
	}
	readMu.Lock()
	defer readMu.Unlock()
	if a, ok := read[files]; ok {
		return a, nil
	}
	a, err := newAssets(files)
	if err == nil {
		read[files] = a
	}
	return a, err
}

// newAssets reads all files but those of Go.
func newAssets(files fs.FS) (*assets, error) {
	a := &assets{byPath: map[string]*asset{}}
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(name, ".go") {
			return err
		}
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		parts := map[string][]byte{name: data}
		if path.Dir(name) == "lang" {
			if parts, err = splitWords(name, data); err != nil {
				return err
			}
		}
		for name, data := range parts {
			a.byPath[name] = newAsset(name, data)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("web: static files: %w", err)
	}
	return a, nil
}

// pack packs all that nobody has wanted yet, one after the other, so that the
// first page is answered meanwhile. It ends early when stopping is closed.
func (a *assets) pack(stopping <-chan struct{}) {
	for _, one := range a.byPath {
		select {
		case <-stopping:
			return
		default:
			one.packed()
		}
	}
}

func (a *assets) serve(rw http.ResponseWriter, r *http.Request) error {
	return a.send(rw, r, strings.TrimPrefix(r.URL.Path, "/static/"))
}

// favicon answers browsers that ask at the root, whatever the page says.
func (a *assets) favicon(rw http.ResponseWriter, r *http.Request) error {
	return a.send(rw, r, "img/favicon.svg")
}

func (a *assets) send(rw http.ResponseWriter, r *http.Request, name string) error {
	found, ok := a.byPath[name]
	if !ok {
		return problem.New(wire.NotFound, "")
	}
	found.serve(rw, r)
	return nil
}
