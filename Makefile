SHELL := /bin/bash
.DEFAULT_GOAL := help

# The default backtracer prints memory, and with it secrets.
export SWIFT_BACKTRACE := enable=no

SWIFT_FLAGS := --explicit-target-dependency-import-check error
# Each is one file, small in memory: the Swift and C++ runtimes are linked in, nothing is exported,
# relocations are packed, and no library is looked for beside the binary. Generic code is specialised
# across the rooms. Exclusive access to variables, which the tests check as they run, is not checked
# again.
RELEASE_FLAGS := -c release --static-swift-stdlib --disable-local-rpath $(SWIFT_FLAGS) \
	-Xswiftc -use-ld=lld -Xlinker -z -Xlinker pack-relative-relocs \
	-Xlinker --no-export-dynamic -Xlinker -L.build/static -Xswiftc -cross-module-optimization \
	-Xswiftc -enforce-exclusivity=unchecked
# Optimised, for many inputs a second; every trap of Swift's stays, and AddressSanitizer watches the C.
FUZZ_FLAGS := -c release --scratch-path .build/fuzz $(SWIFT_FLAGS) \
	-Xswiftc -sanitize=fuzzer,address -Xswiftc -enable-testing -Xswiftc -use-ld=lld
BINARY := .build/release/lunauth
MAILER := .build/release/lunauth-mailer
# What `make install` copies: the programs without their symbols, and what they say of themselves.
STAGE := .build/install
PREFIX ?= /usr/local
# Of the mixed load of `make soak`.
MINUTES ?= 60

.PHONY: help run test check tsan simulation fuzz release bench examples contract proxies attacks \
	confinement faults load soak install packages

help: ## Print the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

packages: ## Install the system packages that are missing, or name them
	@scripts/packages libcurl4-openssl-dev libpsl-dev libsqlite3-dev libssl-dev pkg-config make

release: packages ## Build the release binaries, and what `make install` installs
	@mkdir -p .build/static && ln -sf "$$(clang -print-file-name=libstdc++.a)" .build/static/
	swift build $(RELEASE_FLAGS) --product lunauth
	swift build $(RELEASE_FLAGS) --product lunauth-mailer
	@mkdir -p $(STAGE)
	strip -o $(STAGE)/lunauth $(BINARY)
	strip -o $(STAGE)/lunauth-mailer $(MAILER)
	$(BINARY) manual >$(STAGE)/lunauth.1
	for shell in bash zsh fish; do \
		$(BINARY) --generate-completion-script $$shell >$(STAGE)/lunauth.$$shell || exit 1; \
	done

run: release ## Build and serve (config.json is used where it exists)
	exec $(BINARY) serve

test: packages ## Run all tests
	swift build --build-tests $(SWIFT_FLAGS)
	scripts/python-packages
	swift test --skip-build --disable-xctest $(SWIFT_FLAGS)

check: packages ## Format lint, layers, warnings as errors, all tests
	swift format lint --strict --recursive --parallel Package.swift Sources Tests Benchmarks
	$(MAKE) test

tsan: packages ## All tests but the end-to-end ones under ThreadSanitizer
	LUNAUTH_SIMULATION_SCHEDULES=200 TSAN_OPTIONS=suppressions=$(CURDIR)/Tests/tsan-suppressions \
		swift test --disable-xctest --sanitize=thread \
		--skip EndToEndTests --scratch-path .build/tsan $(SWIFT_FLAGS)

fuzz: packages ## Fuzz what reads bytes from outside (SECONDS=60 each, HARNESS=name for one)
	LUNAUTH_FUZZ=1 swift build $(FUZZ_FLAGS) --product fuzz
	Tests/Fuzz/run .build/fuzz/release/fuzz $(or $(SECONDS),60) $(HARNESS)

simulation: packages ## Run many schedules of the simulation (SCHEDULES=20000; SEED= replays one)
	swift build --build-tests $(SWIFT_FLAGS)
	LUNAUTH_SIMULATION_SCHEDULES=$(or $(SCHEDULES),20000) \
		$(if $(SEED),LUNAUTH_SIMULATION_SEED=$(SEED)) swift test --skip-build \
		--disable-xctest --filter SimulationTests $(SWIFT_FLAGS)

proxies: release ## Try the files of deploy/ in the real nginx, Caddy and HAProxy
	@scripts/packages nginx caddy haproxy hey openssl python3
	Tests/System/proxies/run

load: release ## Check what holds under load: crowds, churn, overload, restarts (2 minutes)
	@scripts/packages wrk python3
	Tests/System/load/run crowd churn overload restarts

# Each part is tried, whatever came of those before; the exit status tells of all.
soak: release ## Try everything for long: load, timing, 200 kills, a mixed load (MINUTES=60)
	@scripts/packages wrk python3
	status=0; \
	Tests/System/load/run crowd churn overload restarts timing || status=1; \
	Tests/System/faults/run --rounds 200 kill || status=1; \
	Tests/System/load/run --minutes $(MINUTES) mixed || status=1; \
	exit $$status

attacks: release ## Send the table of HTTP attacks to the daemon, and through the real proxies
	@scripts/packages nginx caddy haproxy openssl python3
	Tests/System/attacks/run

faults: release ## Full disks, locks, wrong clocks, kill -9 (ROUNDS=20 of it; SEED= to repeat)
	@scripts/packages python3 util-linux
	Tests/System/faults/run $(if $(ROUNDS),--rounds $(ROUNDS)) $(if $(SEED),--seed $(SEED))

examples: release ## Run the examples of README.md and docs/http-api.md on a fresh server
	@scripts/packages curl jq python3
	Tests/System/readme/run $(BINARY)

contract: release ## Hold the server to its own /openapi.json with schemathesis
	@scripts/packages python3
	scripts/python-packages contract
	Tests/System/contract/run $(BINARY)

confinement: release ## Try the systemd unit: its score, its filter on the daemon, what memory keeps (as root)
	@scripts/packages libseccomp2 python3 systemd
	Tests/System/confinement/run $(BINARY)

bench: release ## Measure beside nginx, SQLite and OpenSSL (QUICK=1: roughly, prints only)
	@scripts/packages wrk nginx caddy haproxy hey linux-perf valgrind binutils openssl python3
	swift build $(RELEASE_FLAGS) --product derivation-benchmark
	Benchmarks/run $(if $(QUICK),--quick)

install: ## Install what `make release` built: programs, manual, completions, templates, units
	@for file in lunauth lunauth-mailer lunauth.1 lunauth.bash lunauth.zsh lunauth.fish; do \
		test -s $(STAGE)/$$file || \
			{ echo "$(STAGE)/$$file is not built: run 'make release' first, not as root" >&2; exit 1; }; \
	done
	install -D -m 755 -t $(DESTDIR)$(PREFIX)/bin $(STAGE)/lunauth $(STAGE)/lunauth-mailer
	install -D -m 644 -t $(DESTDIR)$(PREFIX)/share/man/man1 $(STAGE)/lunauth.1
	install -D -m 644 $(STAGE)/lunauth.bash \
		$(DESTDIR)$(PREFIX)/share/bash-completion/completions/lunauth
	install -D -m 644 $(STAGE)/lunauth.zsh $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_lunauth
	install -D -m 644 -t $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d $(STAGE)/lunauth.fish
	install -D -m 644 -t $(DESTDIR)$(PREFIX)/share/lunauth/templates Sources/Mail/Templates/*
	install -D -m 644 -t $(DESTDIR)/etc/systemd/system deploy/lunauth.service deploy/lunauth.socket
