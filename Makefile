# `make` alone tells what there is.
GO ?= go
STATICCHECK = honnef.co/go/tools/cmd/staticcheck@v0.8.2
GOVULNCHECK = golang.org/x/vuln/cmd/govulncheck@v1.9.0
VULNDB ?= v0.0.0-20261105234957-e22db6528018
FUZZTIME ?= 10s
EXPLORE ?= 3 2 4
FUZZ ?= ^Fuzz

.DEFAULT_GOAL := help
.PHONY: help build test test-short check staticcheck bench soak explore rehearse fuzz sample-5000 dist dist-check man vuln

help: ## what there is
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

build: ## the program, into bin/
	$(GO) build -trimpath -o bin/importer ./cmd/importer

test: ## all tests
	$(GO) test ./...

test-short: ## the quick tests, under a minute
	$(GO) test -short ./...

check: ## what must hold before a change lands
	@test -z "$$(gofmt -l .)" || { echo "not gofmt-ed:"; gofmt -l .; exit 1; }
	$(GO) mod tidy -diff
	$(GO) vet ./...
	$(MAKE) staticcheck
	$(GO) test -race -timeout 20m ./...
	GOOS=linux GOARCH=amd64 $(GO) build -o /dev/null ./cmd/importer
	GOOS=windows GOARCH=amd64 $(GO) build -o /dev/null ./cmd/importer
	GOOS=darwin GOARCH=arm64 $(GO) build -o /dev/null ./cmd/importer

staticcheck: ## the linter, pinned
	$(GO) run $(STATICCHECK) ./...

bench: ## what reading, checking, resuming and sending take
	$(GO) test -run '^$$' -bench . -benchtime 1x -timeout 30m ./cmd/importer
	$(GO) test -run '^$$' -bench Replay -benchtime 3x ./internal/journal

soak: ## kill -9 and power cuts at each step; then 10,000 rows, 3 faults in 10 POSTs, 100 kills: 40 minutes
	IMPORTER_CRASH_STEPS=all $(GO) test -run '^(TestKilledAtEveryStep|TestDiskFails)' -count=1 -timeout 20m ./cmd/importer
	IMPORTER_CRASH_ROWS=300 $(GO) test -run '^TestBadDay$$' -count=1 -v -timeout 20m ./cmd/importer
	IMPORTER_CRASH_ROWS=10000 IMPORTER_CRASH_KILLS=100 $(GO) test -run '^TestKilled$$' -count=1 -v -timeout 90m ./cmd/importer

explore: ## every schedule of up to EXPLORE faults, crashes, and both together (45 minutes)
	IMPORTER_EXPLORE="$(EXPLORE)" $(GO) test -run '^TestExplore$$' -count=1 -v -timeout 6h ./internal/journal
	IMPORTER_EXPLORE_SHARED=20000 $(GO) test -run '^TestExploreShared$$' -count=1 -v -timeout 1h ./internal/submit

rehearse: ## the sample against the simulator, with faults
	$(GO) run ./cmd/importer rehearse samples/offices.xlsx

fuzz: ## every fuzz target that FUZZ names, FUZZTIME each
	@for p in $$($(GO) list ./...); do \
		for f in $$($(GO) test -list '$(FUZZ)' $$p | grep '^Fuzz'); do \
			echo "$$p $$f"; $(GO) test -run '^$$' -fuzz "^$$f\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 5x $$p || exit 1; \
		done; \
	done

sample-5000: ## a file of 5,000 offices, samples/offices-5000.csv
	$(GO) run ./samples/generate -rows 5000 -o samples/offices-5000.csv

dist: ## static binaries for six platforms, their checksums, man pages and completions, into dist/
	packaging/dist.sh dist

dist-check: ## the same twice, the second time with nothing compiled before: the same bytes?
	rm -rf bin/dist-again bin/dist-cache
	packaging/dist.sh dist
	GOCACHE=$(CURDIR)/bin/dist-cache packaging/dist.sh bin/dist-again
	diff -r dist bin/dist-again
	rm -rf bin/dist-again bin/dist-cache

man: ## man pages, into dist/man
	$(GO) run ./cmd/importer man dist/man

vuln: bin/vulndb-$(VULNDB) ## known vulnerabilities that the program reaches, as of the database VULNDB, a version of golang.org/x/vulndb
	GOTOOLCHAIN=go1.27.3 $(GO) run $(GOVULNCHECK) -db file://$(CURDIR)/$< ./...

# The database is made from its Go module, as the machine may reach no other server.
bin/vulndb-$(VULNDB):
	mkdir -p bin
	data=$$($(GO) mod download -json golang.org/x/vulndb@$(VULNDB) | sed -n 's/.*"Dir": "\(.*\)",*/\1/p') && \
		$(GO) run golang.org/x/vulndb/cmd/indexdb@$(VULNDB) -vulns "$$data/data/osv" -out $@.new
	mv $@.new $@
