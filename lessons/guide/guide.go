package guide

import "embed"

// FS has the guide as a course of one lesson, "guide".
//
//go:embed en ko
var FS embed.FS
