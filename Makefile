# Everything that is done to this project, by name: `make help` lists it.
# Needs Python 3.11 or newer and make. uv is used when it is on the PATH, never needed.

PYTHON ?= python3
WORKERS ?= 2
VENV := .venv
BIN := $(VENV)/bin
UV := $(shell command -v uv 2>/dev/null)
LOCKED := $(VENV)/.locked
LINKED := $(VENV)/.linked

# What Python compiles is kept beside the sources, even where a machine says otherwise: the tests
# start some dozens of processes, and each would compile the wiki anew. `make clean` removes it.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help install demo test check format format-check lint types contracts wheel bench bench-attribution wikiwho lock clean distclean

help: ## list what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

install: $(LINKED) ## build .venv from requirements.lock and link the wiki into it

# The environment is made from the lock alone, every file checked against its hash.
$(LOCKED): requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	  || { echo "Python 3.11 or newer is needed; '$(PYTHON)' is not. Name one: make PYTHON=python3.12"; exit 1; }
ifneq ($(UV),)
	uv venv --quiet --allow-existing --python $(PYTHON) $(VENV)
	uv pip sync --quiet --compile-bytecode --require-hashes --python $(BIN)/python requirements.lock
else
	@$(PYTHON) -m venv $(VENV) \
	  || { echo "'$(PYTHON) -m venv' failed; on Debian and Ubuntu install the package python3-venv."; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
endif
	@touch $@

# Editable, with the build backend that the lock has already installed: no network.
$(LINKED): $(LOCKED) pyproject.toml
ifneq ($(UV),)
	uv pip install --quiet --offline --no-deps --no-build-isolation --python $(BIN)/python --editable .
else
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-index --no-deps --no-build-isolation --editable .
endif
	@touch $@

demo: $(LINKED) ## serve a wiki with real pages on 127.0.0.1:8000 (CHECK=1: only try it; DB=postgres)
	$(BIN)/wiki demo $(if $(CHECK),--check) $(if $(DB),--db $(DB))

test: $(LINKED) ## run the whole suite, on SQLite and on PostgreSQL (WORKERS=2)
	$(BIN)/python -m pytest -n $(WORKERS) $(ARGS)

check: format-check lint types contracts test wheel ## all that a change must pass

format: $(LINKED) ## rewrite the code in the house's format
	$(BIN)/ruff check --quiet --fix-only .
	$(BIN)/ruff format .

format-check: $(LINKED)
	$(BIN)/ruff format --check .

lint: $(LINKED) ## ruff
	$(BIN)/ruff check .

types: $(LINKED) ## mypy, strict
	$(BIN)/mypy

contracts: $(LINKED) ## who may import whom
	$(BIN)/lint-imports --no-logo

wheel: $(LINKED) ## build the wheel, install it elsewhere, start it there, fetch a page
	$(BIN)/python tests/wheel_check.py

bench: $(LINKED) ## speed and memory, as ratios to a baseline in the same run
	$(BIN)/python -m bench $(ARGS)

bench-attribution: $(LINKED) ## whose words: engines side by side, and what attribution adds to a save
	$(BIN)/python -m bench.attribution $(ARGS)

wikiwho: .venv-wikiwho/.installed ## the engine bench-attribution compares with, in an environment of its own

.venv-wikiwho/.installed:
	$(PYTHON) -m venv .venv-wikiwho
	.venv-wikiwho/bin/python -m pip install --quiet --disable-pip-version-check WikiWho==1.0.3
	@touch $@

lock: ## write requirements.lock anew from pyproject.toml (needs uv and the network)
	uv pip compile --quiet --universal --python-version 3.11 --no-header --no-annotate --generate-hashes \
	  --extra postgres --group dev $(ARGS) pyproject.toml -o requirements.lock

clean: ## remove what was built and cached, not .venv and not data
	rm -rf dist build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -not -path './$(VENV)/*' -prune -exec rm -rf {} +

distclean: clean ## remove .venv too
	rm -rf $(VENV)
