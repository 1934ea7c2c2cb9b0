// Package scenariotest draws scenarios for tests: legal ones, from the whole
// grammar, its extremes included.
package scenariotest
