package lessons

import "embed"

// FS has the lessons that come with the program.
//
//go:embed en ko
var FS embed.FS
