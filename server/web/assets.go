package web

import (
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"reflect"
	"runtime"
	"strings"
	"sync"

	"procession/server/problem"
	"procession/server/wire"
)

// assets are the static files, by path.
type assets struct{ byPath map[string]*asset }

// packed has the assets of file systems that were packed before: a program
// that starts several sites, as tests do, packs its files once.
var (
	packedMu sync.Mutex
	packed   = map[fs.FS]*assets{}
)

// packAssets gives the assets of a file system, packed now or before.
func packAssets(files fs.FS) (*assets, error) {
	if !reflect.TypeOf(files).Comparable() {
		return newAssets(files)
	}
	packedMu.Lock()
	defer packedMu.Unlock()
	if a, ok := packed[files]; ok {
		return a, nil
	}
	a, err := newAssets(files)
	if err == nil {
		packed[files] = a
	}
	return a, err
}

// newAssets reads and packs all files but those of Go.
func newAssets(files fs.FS) (*assets, error) {
	a := &assets{byPath: map[string]*asset{}}
	var (
		mu   sync.Mutex
		wg   sync.WaitGroup
		core = make(chan struct{}, runtime.GOMAXPROCS(0))
	)
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
			wg.Go(func() {
				core <- struct{}{}
				packed := newAsset(name, data)
				<-core
				mu.Lock()
				a.byPath[name] = packed
				mu.Unlock()
			})
		}
		return nil
	})
	wg.Wait()
	if err != nil {
		return nil, fmt.Errorf("web: static files: %w", err)
	}
	return a, nil
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
