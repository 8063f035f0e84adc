PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test test-all check fix docs bench wheel lock clean

# Install, run the main job on a sample from gradebook to reports, and say where to look.
demo: $(VENV)/.run
	@tools/demo.sh

# Everything CI runs: lint, types, layers, tests. Sets up all it needs.
test: check
	@tools/need-chromium.sh
	@tools/need-node.sh
	$(BIN)/python -m pytest -n 3

# What takes longer than CI should: coverage, many more generated cases, long fault loops.
test-all: check
	@tools/need-chromium.sh
	@tools/need-node.sh
	HYPOTHESIS_PROFILE=long $(BIN)/python -m pytest -n auto --cov --cov-report=term --cov-fail-under=95

# Style, types and floors, without running anything.
check: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

# Mend what can be mended by machine.
fix: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Write docs/rules.md and rubrics/README.md again, from what the rules and rubrics say of themselves.
docs: $(VENV)/.dev
	$(BIN)/python tools/write_rules.py
	$(BIN)/python tools/write_catalogue.py

# Timings as ratios to peers, run side by side.
bench: $(VENV)/.dev
	$(BIN)/pip install --quiet --require-hashes -r requirements/bench.txt
	$(BIN)/python benchmarks/run.py
	$(BIN)/python benchmarks/deciding.py
	$(BIN)/python benchmarks/large.py

# Build sdist and wheel into dist/.
wheel: $(VENV)/.dev
	$(BIN)/python -m hatchling build

# Lock the dependencies again, with hashes and without naming a registry.
lock: $(VENV)/.dev
	tools/lock.sh

# Remove what the other targets made.
clean:
	rm -rf $(VENV) dist demo .coverage .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(VENV)/bin/python:
	@tools/need-python.sh $(PYTHON)
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: $(VENV)/bin/python requirements/run.txt pyproject.toml
	$(BIN)/pip install --quiet --require-hashes -r requirements/run.txt
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements/dev.txt
	$(BIN)/pip install --quiet --require-hashes -r requirements/dev.txt
	@touch $@
