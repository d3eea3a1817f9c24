# `make demo` and `make test` set up all that they need; everything lies in .venv.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
export PATH := $(CURDIR)/$(BIN):$(PATH)

.PHONY: demo test lint bench setup clean
.DEFAULT_GOAL := help

help:
	@echo "make demo   a course from nothing to grades, in demo-course/"
	@echo "make test   all tests"
	@echo "make lint   ruff, mypy, import contracts"
	@echo "make bench  the benchmarks, each beside a peer"

setup: $(READY)

$(READY): pyproject.toml constraints.txt scripts/system-packages.sh
	@test -n "$(PYTHON)" || { echo "make: Python 3.11 or later is needed, and there is no python3" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "make: Python 3.11 or later is needed; $(PYTHON) is older" >&2; exit 1; }
	scripts/system-packages.sh $(PYTHON)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

demo: setup
	scripts/demo.sh

test: setup
	scripts/system-packages.sh $(PYTHON) browser
	$(BIN)/pytest -n 2 --dist loadfile  # a file to one worker: what a class costs is paid once

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: setup
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev,bench]'
	$(BIN)/python benchmarks/checks.py
	$(BIN)/python benchmarks/draws.py
	$(BIN)/python benchmarks/coding.py
	$(BIN)/python benchmarks/plain.py
	$(BIN)/python benchmarks/grading.py

clean:
	rm -rf $(VENV) demo-course
