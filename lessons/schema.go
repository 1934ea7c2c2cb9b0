package lessons

import (
	_ "embed"
	"slices"
)

//go:embed schema.json
var schema []byte

// Schema gives the JSON Schema (2020-12) of the front matter and the blocks.
func Schema() []byte { return slices.Clone(schema) }
