# Everything goes through .venv; "make" alone lists what there is.
# Stamps in .venv say which step was done for which file, so a second run does no work twice.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
# Qt wants a UTF-8 locale and a bare machine has none; LANG stays readable for the demo.
export LC_ALL := C.UTF-8
# The demo starts two dozen processes: without kept bytecode each would compile everything anew.
unexport PYTHONDONTWRITEBYTECODE
.PHONY: help setup demo test lint format lock bench fuzz screenshots sample package licences clean system

BIN := .venv/bin
PACKAGES := .venv/stamp-packages
PROJECT := .venv/stamp-project
TRANSLATIONS := $(patsubst %.ts,%.qm,$(wildcard resources/translations/*.ts))

# 100 % of the branches of these packages must be covered by the whole test suite.
FLOOR := --cov=evalclient/core/workflow --cov=evalclient/core/evaluation --cov-branch \
         --cov-report=term-missing:skip-covered --cov-fail-under=100
# The whole suite runs in two processes, file by file: what a file's tests share is made once.
TWO := -n 2 --dist loadfile

# Options of "make demo": HEADLESS=1 OUT=FOLDER KIND=construction|procurement EXPERTS=N BIDDERS=N SIZE=MB
# SUITE=international|sm ROLE=expert|administrator|supervisor; LANG=en for English.
DEMO := $(if $(HEADLESS),--headless) $(if $(OUT),--out "$(OUT)") $(if $(KIND),--kind $(KIND)) \
        $(if $(EXPERTS),--experts $(EXPERTS)) $(if $(BIDDERS),--bidders $(BIDDERS)) $(if $(ROLE),--role $(ROLE)) \
        $(if $(SUITE),--suite $(SUITE))

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

demo: setup ## a whole remote evaluation (HEADLESS=1 OUT=FOLDER KIND=procurement EXPERTS=N BIDDERS=N SIZE=200 SUITE=sm ROLE=expert LANG=en)
	@$(BIN)/python -m evalclient demo $(DEMO)

test: setup ## all tests (ARGS="tests/core -k merkle" for some)
	@$(BIN)/python -m pytest $(or $(ARGS),$(TWO) $(FLOOR))

lint: setup ## style, types, import directions
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

format: setup ## let ruff put the code into shape
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format --quiet .

bench: setup ## measure speed and size: a table, and out/bench.json (ONLY="paint score" for some, ONLY=setup for a fresh clone)
	@$(BIN)/python -m tests.bench.run $(ONLY) --json out/bench.json

fuzz: setup ## feed hostile bytes to the readers of envelopes, signatures, packages and key files (SECONDS=60 for each, ONLY="zips")
	@PYTHONWARNINGS=ignore $(BIN)/python -m tests.fuzz.run $(ONLY) --seconds $(or $(SECONDS),60)

# Of each stage the leader's window; the administrator's and an expert's where they show something else.
SHOWN := 00-opening-organiser.png 07-scoring-supervisor.png 00-opening-a-main-filled.png 01-ready-a-main.png 02-checkin-a-main-filled.png 02-checkin-m1.png 03-pledge-m1-filled.png 04-leader-m1-filled.png \
	05-release-m1.png 06-preliminary-m1-half.png 06-preliminary-m1-group.png 07-scoring-m1-half.png 07-scoring-m1-confirm.png \
	07-scoring-m1-sealed.png 08-settlement-m2-filled.png 09-price-m1.png 10-summary-m1.png 11-recheck-m1-filled.png \
	12-candidates-m1.png 13-report-m1-rendered.png 13-report-m2-dissent.png 13-report-m1-signed.png 14-archive-m1.png 15-ended-m1.png
SEAT := 1920-zh 1366-zh-dark 1366-en

screenshots: setup ## drive the demo offscreen and renew docs/screenshots
	@rm -rf out/screenshots docs/screenshots/*.png
	@$(BIN)/python -m evalclient demo --headless --offices --out out/screenshots
	@$(BIN)/python .ci/pictures.py docs/screenshots $(addprefix out/screenshots/screenshots/,$(SHOWN))
	@$(BIN)/python -m evalclient --selftest out/screenshots && mv out/screenshots/sign-in.png out/screenshots/00-sign-in.png
	@$(BIN)/python .ci/pictures.py docs/screenshots out/screenshots/00-sign-in.png
	@for look in zh zh-dark en; do $(BIN)/python -m tests.gui.member_shots out/screenshots/seat $$look 11-seat; done
	@cd out/screenshots/seat && for name in $(SEAT); do mv "11-seat-$${name%%-*}-100%-$${name#*-}.png" 07-scoring-$$name.png; done
	@$(BIN)/python .ci/pictures.py docs/screenshots $(SEAT:%=out/screenshots/seat/07-scoring-%.png)

sample: setup ## play a small evaluation and renew docs/sample
	@.ci/sample

package: setup ## a one-folder bundle in dist/evalclient, checked by its own --selftest
	@.ci/system-libraries package
	@.ci/package

lock: ## renew requirements.lock from pyproject.toml (needs uv)
	uv pip compile pyproject.toml --extra server --extra dev --universal --generate-hashes --no-header --no-strip-extras \
		--python-version 3.11 --quiet --output-file requirements.lock

licences: setup ## renew docs/licences.md from the installed packages
	@$(BIN)/python .ci/licences.py

setup: $(PACKAGES) $(PROJECT) $(TRANSLATIONS) ## what the other commands need: system libraries, .venv, translations

system:
	@.ci/system-libraries

$(PACKAGES): requirements.lock | system
	@python=$$(command -v python3.11 || command -v python3); \
	$$python -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || { \
		echo "Python 3.11 is needed; $$python is another version. Please install python3.11 and python3.11-venv." >&2; exit 1; }; \
	[ -x $(BIN)/python ] || $$python -m venv .venv
	@echo "Installing the packages of requirements.lock"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements.lock
	@touch $@

$(PROJECT): pyproject.toml $(PACKAGES)
	@PYTHONWARNINGS=ignore $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

resources/translations/%.qm: resources/translations/%.ts $(PACKAGES)
	@$(BIN)/pyside6-lrelease -silent $< -qm $@

clean: ## remove what was built (.venv stays)
	rm -rf build dist out *.egg-info .coverage .hypothesis .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
