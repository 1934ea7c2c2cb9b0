# What can be done here. "make" alone says so.

.DEFAULT_GOAL := help
.PHONY: help run test test-all browser lint bench soak ci

help: ## say what can be done
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## serve the page and open it in the browser
	go run ./server -open

test: ## the tests of Go and of the browser's code; says which ones take long
	go run ./tools/gotest ./...
	node --test static/test/*.test.js

test-all: ## the long ones, too: every lesson, theme and size in the browser, more random runs
	PROCESSION_LONG=1 go run ./tools/gotest -timeout 20m ./...
	node --test static/test/*.test.js

browser: ## all tests with browsers, each by its name
	PROCESSION_LONG=1 go test -count=1 -timeout 20m -v ./server/browser ./server/engines

lint: ## formatting, vet, staticcheck, types of the browser's code
	.ci/lint

bench: ## our figures against the peers' and the limits (some minutes)
	cd bench && go run .

soak: ## many rooms for ten minutes: does anything leak? Then many runs, and pages at all sizes: does any break?
	PROCESSION_SOAK=10m go test -count=1 -timeout 20m -v -run TestSoak ./server/program
	PROCESSION_SOAK=10000 go test -count=1 -timeout 120m -v -run 'TestRandomRuns|TestEventLimit' ./sim
	PROCESSION_LONG=1 PROCESSION_SOAK=1m go test -count=1 -timeout 30m -v -run 'TestBrowserSizes$$' ./server/browser
	PROCESSION_LONG=1 PROCESSION_SOAK=1m go test -count=1 -timeout 60m -v -run TestPaste ./lessons/tryit

ci: ## everything that must be green
	.ci/run
