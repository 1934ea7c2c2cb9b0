package wire

import (
	"slices"

	"procession/sim/trace"
)

// Schema says how to read the numbers of a frame.
type Schema struct {
	Fields []SchemaField `json:"fields"`
	Kinds  []*SchemaKind `json:"kinds"` // by number; there is no kind 0
}

// SchemaField is a field of an event.
type SchemaField struct {
	Name  string   `json:"name"`
	Words []string `json:"words,omitempty"` // what its numbers stand for
	Text  bool     `json:"text,omitempty"`  // its numbers are numbers of texts
}

// SchemaKind is a kind of event.
type SchemaKind struct {
	Name   string `json:"name"`
	Fields []int  `json:"fields"` // indexes into the schema's fields, in the order of a frame
}

// NewSchema gives the schema of the trace of a run; own are what its author
// calls the operations of their own (trace.Log.Own).
func NewSchema(own ...string) Schema {
	s := Schema{Kinds: []*SchemaKind{nil}}
	for _, f := range trace.Fields() {
		words := f.Words()
		if f == trace.FOp {
			words = slices.Concat(words, own)
		}
		s.Fields = append(s.Fields, SchemaField{Name: f.String(), Words: words, Text: f.IsText()})
	}
	for _, k := range trace.Kinds() {
		kind := &SchemaKind{Name: k.String(), Fields: []int{}}
		for _, f := range k.Fields() {
			kind.Fields = append(kind.Fields, int(f))
		}
		s.Kinds = append(s.Kinds, kind)
	}
	return s
}
