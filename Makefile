# What can be done here. "make" alone says so.

.DEFAULT_GOAL := help
.PHONY: help run test lint bench soak ci

help: ## say what can be done
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## serve the page and open it in the browser
	go run ./server -open

test: ## all tests of Go and of the browser's code
	go test ./...
	node --test static/test/*.test.js

lint: ## formatting, vet, staticcheck, types of the browser's code
	.ci/lint

bench: ## our figures against the peers' and the limits (some minutes)
	cd bench && go run .

soak: ## many rooms for ten minutes: does anything leak?
	PROCESSION_SOAK=10m go test -count=1 -timeout 20m -v -run TestSoak ./server/program

ci: ## everything that must be green
	.ci/run
