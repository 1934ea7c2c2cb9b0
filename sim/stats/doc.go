// Package stats adds the events of a run up to a Summary. A Counter needs each
// event once, so that the trace need not be kept; see Example.
package stats
