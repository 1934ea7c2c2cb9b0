// Package templates has the pages, each with a type for what it shows. Write
// writes one.
package templates
