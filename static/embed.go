package static

import "embed"

// FS has the files under the paths that they have here. Tests are in another folder.
//
//go:embed css img js lang
var FS embed.FS
