# Everything one does with this project. `make` alone lists it.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help run test check contract bench fuzz clean-data swift

# Swift keeps caches in the home directory. Where there is none to write to, they go beside the build.
ifneq ($(shell [ -n "$$HOME" ] && [ -d "$$HOME" ] && [ -w "$$HOME" ] && echo yes),yes)
export HOME := $(CURDIR)/.build/home
endif

# The compiler writes the source of macros into this directory of /tmp. Where it belongs to another user, the compiler
# does not notice, and writes files with names of random bytes into the working directory instead.
ifeq ($(shell [ ! -e /tmp/swift-generated-sources ] || [ -w /tmp/swift-generated-sources ] || echo no),no)
export TMPDIR := $(CURDIR)/.build/tmp
endif

fuzz_seconds ?= 60
contract_seed ?=
release := build -c release --static-swift-stdlib --product points

help: ## List the targets.
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

run: swift ## Build the service and run it on a private Postgres and Redis, data in .points.
	@.make/install-packages build servers
	swift $(release)
	@exec .build/release/points dev

test: swift ## Run all tests, on servers they start by themselves.
	@.make/install-packages build servers test
	swift build --build-tests
	@.make/run-tests

check: swift ## Check format, house style, packaging and Lua.
	@.make/install-packages build check test
	swift format lint --strict --recursive Sources Tests Package.swift
	swift build --build-tests
	@.make/run-tests HouseStyleTests PackagingTests
	@.make/check-lua

contract: swift ## Hold a running service to docs/openapi.yaml.
	@.make/install-packages build servers test contract
	swift build --product points
	@Tests/Contract/run $(contract_seed)

bench: swift ## Measure the service against its yardsticks.
	@.make/install-packages build servers bench
	swift $(release)
	.build/release/points bench --rounds 9 --seconds 1

fuzz: swift ## Fuzz the parsers, each for fuzz_seconds (60).
	@.make/install-packages build
	Tests/Fuzz/run $(fuzz_seconds)

clean-data: ## Remove the data of make run.
	@.make/clean-data

swift:
	@command -v swift >/dev/null || { echo "Swift 6.3 is needed: see https://www.swift.org/install/linux" >&2; exit 1; }
	@mkdir -p .build/home .build/tmp
