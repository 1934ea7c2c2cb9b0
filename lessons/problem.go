package lessons

import "fmt"

// Problem is what is wrong with a lesson, and where.
type Problem struct {
	File     string `json:"file"` // below the folder of lessons
	Line     int    `json:"line"` // 1, 2, 3 …
	Sentence string `json:"sentence"`
}

func (p Problem) Error() string { return fmt.Sprintf("%s:%d: %s", p.File, p.Line, p.Sentence) }
