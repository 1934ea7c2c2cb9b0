// Package yamltext reads YAML that people wrote: a text of one document, of
// bounded depth, with a sentence and a line for whatever is wrong with it.
package yamltext
