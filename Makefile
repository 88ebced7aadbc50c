# Everything a person does with this checkout. `make help` lists it.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
PEERS  := .venv-peers
TRAIN  := .train
DATA   ?= ../shared/data
DEMO   := demo
# Nobody's home is touched and nothing leaves the machine: Prefect keeps its state here, silently.
export DO_NOT_TRACK = 1
export PREFECT_SERVER_ANALYTICS_ENABLED = false

.DEFAULT_GOAL := help
.PHONY: demo test check chaos bench accuracy figures model lock help clean

demo: $(READY)  ## build a made-up company, scan it, find a person in it, write the report
	$(BIN)/python -m flows.demo.tour $(DEMO)

test: $(READY)  ## all tests: real servers, real files (CI=1: a skipped test fails)
	$(BIN)/lint-imports
	$(BIN)/ruff check . && $(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -n 2 --dist loadgroup -m "not huge"

check: $(READY)  ## in under a minute: ruff, mypy, import contracts, licences, fast tests
	$(BIN)/ruff check . && $(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q -n 2 -m "not slow and not huge and not postgres and not server and not shared" -x

chaos: $(READY)  ## the longest tests: ten million rows from every server, each read in bounded memory
	$(BIN)/python -m pytest -m huge

bench: $(READY) $(PEERS)/.ready  ## speed against peers, measured now on this machine
	$(BIN)/python -m tests.benchmarks.bench $(ONLY) $(if $(JSON),--json $(JSON))

accuracy: $(READY)  ## what is found and what isn't, each figure beside its bar (ONLY="cells codes", JSON=file)
	$(BIN)/python -m tests.benchmarks.accuracy $(ONLY) $(if $(JSON),--json $(JSON))

figures: $(READY)  ## the README's figures, from what accuracy and bench wrote (JSON=docs/measured/…)
	$(BIN)/python -m tests.benchmarks.figures

model: $(READY) $(TRAIN)/.ready  ## train the name model anew from DATA, and write its card (FLAGS=--help)
	PYTHONPATH=$(TRAIN) $(BIN)/python -m scanners.japanese.training --data $(DATA) $(FLAGS)

lock: $(READY)  ## pin every dependency again, with hashes and without addresses
	$(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 \
	  --generate-hashes --no-annotate --no-header --no-emit-index-url --no-emit-find-links \
	  --upgrade --output-file requirements.lock

clean:  ## remove what the other targets made
	rm -rf $(VENV) $(PEERS) $(TRAIN) $(DEMO) .mypy_cache .ruff_cache .pytest_cache .hypothesis

help:  ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

$(PEERS)/.ready: requirements-peers.lock
	test -x $(PEERS)/bin/python || $(PYTHON) -m venv $(PEERS)
	$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-peers.lock
	@touch $@

# Beside the environment, not in it: only training needs JAX, and of ja-ginza only its vectors.
$(TRAIN)/.ready: requirements-train.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps \
	  --upgrade --target $(TRAIN) -r requirements-train.lock
	@touch $@

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Shozai needs Python 3.11 or newer: make PYTHON=python3.12 …" >&2; exit 2; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
