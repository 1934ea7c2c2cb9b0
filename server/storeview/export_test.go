package storeview

import "io"

// Commands reads commands until one cannot be read, and says why.
func Commands(from io.Reader) (all [][]string, err error) {
	r := newReader(from)
	for {
		words, err := r.next()
		if err != nil {
			return all, err
		}
		all = append(all, words)
	}
}
