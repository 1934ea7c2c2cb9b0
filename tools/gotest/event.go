package main

// event is a line of what go test -json says; "go doc test2json" explains it.
type event struct {
	Action  string // run, pause, cont, output, pass, fail, skip, build-output, and others
	Package string
	Test    string // empty: of the package
	Output  string
}

// key names a test among those of all packages.
type key struct{ pkg, test string }

func (e event) key() key { return key{e.Package, e.Test} }
