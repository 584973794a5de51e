# Short names for what is done often. What they do is in scripts/.

# The Node that scripts/setup brings where the machine's own is missing or too old.
export PATH := $(CURDIR)/tools/node/bin:$(PATH)

.PHONY: help run test check web bench setup release

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 8

run: ## a server and 200 simulated couriers on 127.0.0.1:8082; it prints the link to the map
	go run ./cmd/peyk demo

test: ## install what is missing, then everything that tests: what CI runs
	scripts/test

check: ## vet, linters, known weaknesses, and the Go tests with the race detector, without browser
	scripts/test setup vet lint modules vulns race

web: setup ## build web/dist from web/src
	npm run build --prefix web

bench: ## what a position costs
	go run -C bench .
	go test -run '^$$' -bench . -benchtime 1x ./internal/live ./internal/socket ./internal/wire ./internal/ingest/original

release: ## static binaries for linux, and their checksums, in dist/
	scripts/release

setup: ## only install what the tests need and is missing
	scripts/setup
