SHELL := /bin/bash
.DEFAULT_GOAL := help

# The default backtracer prints memory, and with it secrets.
export SWIFT_BACKTRACE := enable=no

SWIFT_FLAGS := --explicit-target-dependency-import-check error
# Each program is one file, small in memory: the Swift and C++ runtimes are linked in, nothing is
# exported, relocations are packed, and no library is searched beside the binary. Generic code is
# specialised across modules. Exclusive access to variables is checked by the tests, not again here.
# In a directory of its own: SwiftPM does not build in one while tests run from it.
RELEASE_FLAGS := -c release --scratch-path .build/optimised --static-swift-stdlib --disable-local-rpath $(SWIFT_FLAGS) \
	-Xswiftc -use-ld=lld -Xlinker -z -Xlinker pack-relative-relocs \
	-Xlinker --no-export-dynamic -Xlinker -L.build/static -Xswiftc -cross-module-optimization \
	-Xswiftc -enforce-exclusivity=unchecked
# Optimised, for many inputs a second; Swift's traps stay. AddressSanitizer checks what Swift does to
# memory and, of C libraries as Debian builds them, what they allocate, free, and copy by memcpy and the
# like; what libcbor and libfido2 do themselves only with LIBRARIES.
FUZZ_FLAGS := -c release --scratch-path .build/fuzz $(SWIFT_FLAGS) \
	-Xswiftc -sanitize=fuzzer,address -Xswiftc -enable-testing -Xswiftc -use-ld=lld
# Those two, built with AddressSanitizer: only what is called is linked.
FUZZ_LIBRARIES := $(CURDIR)/.build/fuzz-libraries
FUZZ_LIBRARY_FLAGS := $(foreach option,--gc-sections --whole-archive \
	$(FUZZ_LIBRARIES)/libcbor.a $(FUZZ_LIBRARIES)/libfido2.a --no-whole-archive \
	--exclude-libs=libcbor.a:libfido2.a,-Xlinker $(option))
BINARY := .build/release/lunauth
MAILER := .build/release/lunauth-mailer
# What `make install` copies: the programs without symbols, their manual and completions.
STAGE := .build/install
# Where it copies to; a Debian package has places of its own.
PREFIX ?= /usr/local
UNITS ?= /etc/systemd/system
SYSUSERS ?= /etc/sysusers.d
TMPFILES ?= /etc/tmpfiles.d
ZSH ?= $(PREFIX)/share/zsh/site-functions
# Of the mixed load in `make soak`.
MINUTES ?= 60

# What the topics of the system tests need beside Python, by Debian's names.
PACKAGES_readme := curl jq oathtool
PACKAGES_contract :=
PACKAGES_proxies := nginx caddy haproxy hey curl openssl
PACKAGES_doctor := nginx caddy haproxy openssl
PACKAGES_attacks := nginx caddy haproxy openssl
PACKAGES_confinement := libseccomp2 systemd
PACKAGES_pages := chromium chromium-driver nginx caddy haproxy openssl oathtool zbar-tools
PACKAGES_factors := chromium chromium-driver oathtool nginx caddy haproxy openssl
PACKAGES_moves := oathtool postgresql libpq5 libyaml-0-2
PACKAGES_faults := util-linux mount
PACKAGES_load := wrk
PACKAGES_postgresql := postgresql libpq5 pgbouncer util-linux mount
PACKAGES_cluster := haproxy postgresql libpq5 pgbouncer python3 util-linux
PACKAGES_package := binutils bsdutils debhelper dpkg-dev e2fsprogs lintian mmdebstrap python3 \
	qemu-system-x86 systemd-container util-linux
TOPICS := readme contract proxies doctor attacks confinement pages factors moves faults load postgresql

# The last line of the tests where they do not run on PostgreSQL.
define say_skipped
@test -n "$(or $(LUNAUTH_POSTGRESQL),$(wildcard /usr/lib/postgresql/*/bin/initdb))" || \
	printf '\n*** %s\n*** %s\n\n' \
		'SKIPPED: all tests on PostgreSQL, which is not installed' \
		'install it with: apt-get install postgresql (its service need not run)' >&2
endef

.PHONY: help packages release run quick test check system pages simulation fuzz tsan soak bench install \
	deb image dist package-test cluster

help: ## Print the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

packages: ## Install the system packages that are missing, or name them
	@scripts/packages libargon2-dev libcbor-dev libcrypt-dev libcurl4-openssl-dev libfido2-dev libpq-dev \
		libpsl-dev libqrencode-dev libsqlite3-dev libssl-dev libyaml-dev pkg-config make zlib1g-dev

release: packages ## Build the release binaries, and what `make install` installs
	@mkdir -p .build/static && ln -sf "$$(clang -print-file-name=libstdc++.a)" .build/static/
	swift build $(RELEASE_FLAGS) --product lunauth
	swift build $(RELEASE_FLAGS) --product lunauth-mailer
	@ln -sfn optimised/release .build/release
	scripts/stage .build/release $(STAGE)

run: release ## Build and serve (config.json is used where it exists)
	exec $(BINARY) serve

quick: packages ## Run the unit tests (under a minute after a build)
	swift build --build-tests $(SWIFT_FLAGS)
	swift test --skip-build --disable-xctest --skip EndToEndTests --skip SimulationTests \
		$(SWIFT_FLAGS)
	$(say_skipped)

test: packages ## Run all tests (FILTER=Login: those with this in their names; STORE=postgresql)
	swift build --build-tests $(SWIFT_FLAGS)
	scripts/python-packages
	@rm -rf .build/ceremonies
	LUNAUTH_CEREMONIES=$(CURDIR)/.build/ceremonies $(if $(STORE),TEST_STORE=$(STORE)) \
		swift test --skip-build --disable-xctest $(if $(FILTER),--filter '$(FILTER)') $(SWIFT_FLAGS)
	$(say_skipped)

check: packages ## Check the format, then run all tests: before a commit
	swift format lint --strict --recursive --parallel Package.swift Sources Tests Benchmarks
	$(MAKE) test

system: release ## Test the release build among real programs (TOPIC=proxies CASE=nginx: a part)
	@scripts/packages python3 $(sort $(foreach topic,$(or $(TOPIC),$(TOPICS)),$(PACKAGES_$(topic))) \
		$(if $(filter postgresql,$(STORE)),$(PACKAGES_postgresql)))
	$(if $(filter contract,$(or $(TOPIC),contract)),scripts/python-packages contract)
	$(if $(filter pages factors,$(or $(TOPIC),pages)),scripts/python-packages pages)
	$(if $(filter factors,$(or $(TOPIC),factors)),scripts/python-packages factors)
	$(if $(filter factors,$(or $(TOPIC),factors)),scripts/python-packages soft-webauthn)
	$(if $(filter moves,$(or $(TOPIC),moves)),scripts/python-packages moves)
	Tests/System/run $(TOPIC) $(foreach case,$(CASE),--case $(case)) \
		$(if $(ROUNDS),--rounds $(ROUNDS)) $(if $(SEED),--seed $(SEED)) $(if $(STORE),--store $(STORE))

pages: ## Test the pages in Chromium, with pictures in .build/screenshots (CASE=login: one story)
	$(MAKE) system TOPIC=pages

cluster: release ## Run three daemons on PostgreSQL behind HAProxy, and check that it works
	@scripts/packages $(PACKAGES_cluster)
	examples/cluster/run

simulation: packages ## Run many simulated schedules (SCHEDULES=20000; SEED= repeats one)
	swift build --build-tests $(SWIFT_FLAGS)
	LUNAUTH_SIMULATION_SCHEDULES=$(or $(SCHEDULES),20000) \
		$(if $(SEED),LUNAUTH_SIMULATION_SEED=$(SEED)) swift test --skip-build \
		--disable-xctest --filter SimulationTests $(SWIFT_FLAGS)

fuzz: packages ## Fuzz every parser of foreign bytes (SECONDS=60 each, HARNESS=name for one)
	$(if $(LIBRARIES),Tests/Fuzz/libraries $(LIBRARIES) $(FUZZ_LIBRARIES) && rm -f .build/fuzz/release/fuzz)
	LUNAUTH_FUZZ=1 swift build $(FUZZ_FLAGS) $(if $(LIBRARIES),$(FUZZ_LIBRARY_FLAGS)) --product fuzz
	Tests/Fuzz/run .build/fuzz/release/fuzz $(or $(SECONDS),60) $(HARNESS)

tsan: packages ## Run all tests but the end-to-end ones under ThreadSanitizer
	LUNAUTH_SIMULATION_SCHEDULES=200 TSAN_OPTIONS=suppressions=$(CURDIR)/Tests/tsan-suppressions \
		swift test --disable-xctest --sanitize=thread \
		--skip EndToEndTests --scratch-path .build/tsan $(SWIFT_FLAGS)

# Each part runs, whatever the result of those before; the exit status is that of all.
soak: release ## Run the long system tests: all pages, timing, 200 kills, a mixed load (MINUTES=60)
	@scripts/packages $(PACKAGES_faults) $(PACKAGES_load) $(PACKAGES_pages) $(PACKAGES_postgresql) python3
	scripts/python-packages pages
	status=0; \
	Tests/System/run pages --whole || status=1; \
	Tests/System/run load || status=1; \
	Tests/System/run load --case timing || status=1; \
	Tests/System/run faults --rounds 200 || status=1; \
	Tests/System/run postgresql --case logouts --rounds 200 || status=1; \
	$(MAKE) test FILTER=EndToEnd STORE=postgresql || status=1; \
	Tests/System/run load --case mixed --minutes $(MINUTES) || status=1; \
	exit $$status

bench: release ## Measure beside nginx, SQLite and OpenSSL (QUICK=1: roughly, writes no file)
	@scripts/packages wrk nginx caddy haproxy hey linux-perf valgrind binutils openssl python3 \
		postgresql libpq5
	swift build $(RELEASE_FLAGS) --product derivation-benchmark
	Benchmarks/run $(if $(QUICK),--quick)

deb: ## Build lunauth_VERSION_ARCH.deb in .build/deb (BINARIES=directory: of programs built before)
	$(if $(BINARIES),,$(MAKE) release)
	@scripts/packages dpkg-dev debhelper
	packaging/build-deb .build/deb $(BINARIES)

image: ## Build a container image in .build/image, without a container engine (BINARIES= as for deb)
	$(if $(BINARIES),,$(MAKE) release)
	@scripts/packages dpkg-dev debhelper mmdebstrap binutils python3
	@rm -rf .build/image
	packaging/oci/build "$$(packaging/build-deb .build/deb $(BINARIES))" .build/image

dist: ## Write the source archive of this commit, with SBOM and checksums, to .build/dist
	packaging/dist .build/dist

package-test: ## Test package and image, in a booted Debian where there is KVM (BEFORE=older programs)
	$(if $(BINARIES),,$(MAKE) release)
	@scripts/packages $(PACKAGES_package)
	scripts/python-packages package
	$(if $(BINARIES),BINARIES=$(BINARIES)) $(if $(BEFORE),BEFORE=$(BEFORE)) \
		Tests/System/run package $(foreach case,$(CASE),--case $(case))

install: ## Install what `make release` has built: programs, manual, completions, templates, units
	@for file in lunauth lunauth-mailer man/lunauth.1 lunauth.bash lunauth.zsh lunauth.fish; do \
		test -s $(STAGE)/$$file || \
			{ echo "$(STAGE)/$$file is not built: run 'make release' first, not as root" >&2; exit 1; }; \
	done
	install -D -m 755 -t $(DESTDIR)$(PREFIX)/bin $(STAGE)/lunauth $(STAGE)/lunauth-mailer
	install -D -m 644 -t $(DESTDIR)$(PREFIX)/share/man/man1 $(STAGE)/man/*
	install -D -m 644 $(STAGE)/lunauth.bash \
		$(DESTDIR)$(PREFIX)/share/bash-completion/completions/lunauth
	install -D -m 644 $(STAGE)/lunauth.zsh $(DESTDIR)$(ZSH)/_lunauth
	install -D -m 644 -t $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d $(STAGE)/lunauth.fish
	install -D -m 644 -t $(DESTDIR)$(PREFIX)/share/lunauth/templates Sources/Mail/Templates/*
	install -D -m 755 -t $(DESTDIR)$(PREFIX)/lib/lunauth deploy/backup
	install -D -m 644 -t $(DESTDIR)$(UNITS) deploy/lunauth*.service deploy/lunauth*.socket \
		deploy/lunauth*.timer
	install -D -m 644 deploy/sysusers.conf $(DESTDIR)$(SYSUSERS)/lunauth.conf
	install -D -m 644 deploy/tmpfiles.conf $(DESTDIR)$(TMPFILES)/lunauth.conf
	sed -i 's|/usr/local/|$(PREFIX)/|' $(DESTDIR)$(PREFIX)/lib/lunauth/backup \
		$(DESTDIR)$(UNITS)/lunauth*.service
